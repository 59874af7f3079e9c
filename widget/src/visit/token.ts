import { ElementProblem } from '../host/element-problem.ts';

/** What the element reads of the host's token; whether it is genuine is the service's business. */
export interface Claims {
  /** NumericDate, seconds (RFC 7519, 4.1.4). */
  exp: number;
  locale?: string;
  document?: { digest?: string };
  sequence?: { position?: number };
}

/**
 * Reads the claims of a JWT without verifying it.
 * @throws ElementProblem token-malformed
 */
export function readClaims(token: string): Claims {
  try {
    const payload = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as Claims;
    if (typeof claims.exp === 'number') return claims;
  } catch (cause) {
    throw new ElementProblem('token-malformed', { cause });
  }
  throw new ElementProblem('token-malformed');
}
