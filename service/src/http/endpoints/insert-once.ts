import type { SigningToken } from '@tu-esign/contract';
import type { Verified } from '#hosts/token.ts';
import { Problem } from '#problem.ts';
import type { Signing } from '#signing/signing.ts';
import type { NewSigning } from '#records/signing-store.ts';
import { findOwnSigning } from '#http/bearer.ts';
import type { Services } from '#http/services.ts';

/**
 * Inserts a signing, or finds the one that has its identifier already; undefined where it was inserted.
 * @throws Problem token-replayed, document-not-found, already-signed
 */
export const insertOnce = async (
  added: NewSigning,
  verified: Verified<SigningToken>,
  services: Services,
): Promise<Signing | undefined> => {
  const inserted = await services.store.insert(added);
  if (inserted === 'replayed') throw new Problem('token-replayed');
  if (inserted === 'document-missing') throw new Problem('document-not-found');
  return inserted === 'taken' ? findOwnSigning(verified, services) : undefined;
};
