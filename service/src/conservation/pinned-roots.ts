import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { SetupError } from '#setup-error.ts';

/**
 * SHA-256 of ACR2-SE, the root of the Secretaría de Economía for conservation certificates (2017 to 2032), as two
 * independent sources tell it.
 */
const digest = 'b2f258c42c3066c54c3d9bbcb9a4c16bed4e7b74f302643a11af26961e09c720';

/** @throws SetupError where the file is not the certificate it should be */
export const readPinnedRoot = (url = new URL('acr2-se-root.pem', import.meta.url)): string => {
  const pem = readFileSync(url, 'utf8');
  if (hash('sha256', fromPem(pem)) !== digest) throw new SetupError(`${url.pathname} is not the root ACR2-SE`);
  return pem;
};

/** PEM of the roots that are believed without being told to. */
export const pinnedRoots: readonly string[] = [readPinnedRoot()];

/** Policies of Mexican certification providers lie below it; each has its own. */
export const providerPolicies: readonly string[] = ['2.16.484.101.10.316.'];
