import type { CscAccess } from './access.ts';
import { TokenAnswer } from './answers.ts';
import { call } from './call.ts';

/** A token that lets us in. */
export interface Bearer {
  token(): Promise<string>;
  /** It was refused: another is fetched, where that is to be had. @returns whether one is */
  forget(token: string): boolean;
}

/** Fetched anew before it ends. */
const earlierMs = 30_000;

/** RFC 6749, 2.3.1: both are encoded as forms are, before they are joined. */
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from([id, secret].map((text) => new URLSearchParams([['', text]]).toString().slice(1)).join(':')).toString('base64')}`;

/** A token that was given, or one by OAuth 2.0's client credentials (RFC 6749, 4.4), kept as long as it holds. */
export const createBearer = ({ authorization }: CscAccess, timeoutMs: number): Bearer => {
  if ('token' in authorization) return { token: async () => authorization.token, forget: () => false };
  const { tokenUrl, clientId, clientSecret } = authorization;
  let kept: { token: Promise<string>; until: number } | undefined;
  const fetch = async (): Promise<string> => {
    const { access_token: token, expires_in: seconds } = await call({
      name: 'oauth2/token',
      url: tokenUrl,
      headers: {
        authorization: basic(clientId, clientSecret),
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials&scope=service',
      answer: TokenAnswer,
      timeoutMs,
    });
    if (kept) kept.until = Date.now() + seconds * 1000 - earlierMs;
    return token;
  };
  return {
    token() {
      if (kept && kept.until > Date.now()) return kept.token;
      kept = { token: fetch(), until: Infinity };
      kept.token.catch(() => (kept = undefined));
      return kept.token;
    },
    forget() {
      kept = undefined;
      return true;
    },
  };
};
