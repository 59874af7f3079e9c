import { ElementProblem } from '../host/element-problem.ts';

/**
 * Refuses bytes that are not the document which the host asked to be signed.
 * @throws ElementProblem document-altered
 */
export async function verifyDigest(bytes: Uint8Array<ArrayBuffer>, digest: string): Promise<void> {
  // Browsers keep WebCrypto from pages that came by plain HTTP. Such a page cannot be trusted with or
  // without this check, and is found on developers' machines only: go on.
  if (!globalThis.crypto?.subtle) return;
  const found = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  if (toHex(found) !== digest) throw new ElementProblem('document-altered');
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
