import type { SigningToken } from '@tu-esign/contract';
import type { Verified } from '#hosts/token.ts';
import { Problem } from '#problem.ts';
import type { NewSigning, SigningStore } from '#records/signing-store.ts';
import { atPosition, sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import { requireSigningToken, type BearerDeps } from './bearer.ts';
import type { Context } from './route.ts';

interface StoreDeps {
  store: SigningStore;
}

export interface OwnSigningDeps extends BearerDeps, StoreDeps {}

/**
 * The signing a token names, if there is one.
 * @throws Problem identifier-reused where the identifier was used for another document
 */
export const findOwnSigning = async (
  { host, token }: Verified<SigningToken>,
  { store }: StoreDeps,
): Promise<Signing | undefined> => {
  const signings = await store.listByIdentifier(host.id, token.identifier);
  const signing = atPosition(signings, sequenceOf(token).position);
  if (signing && signing.request.document.digest !== token.document.digest) {
    throw new Problem('identifier-reused', 'The identifier was used for another document');
  }
  return signing;
};

/**
 * The signing in the address, if it is the token's.
 * @throws Problem signing-not-found
 */
export const requireOwnSigning = async (context: Context, deps: OwnSigningDeps): Promise<Signing> => {
  return requireOwn(await requireSigningToken(context, deps), context.params['id'], deps);
};

/**
 * The signing with this id, if it is the token's.
 * @throws Problem signing-not-found
 */
export const requireOwn = async (
  { host, token }: Verified<SigningToken>,
  id: string | undefined,
  { store }: StoreDeps,
): Promise<Signing> => {
  const signing = await store.find(id ?? '');
  const isOwn = signing?.host === host.id && signing.identifier === token.identifier;
  if (!isOwn || !isSamePosition(signing, token)) throw new Problem('signing-not-found');
  return signing;
};

const isSamePosition = ({ request }: Signing, token: SigningToken): boolean =>
  sequenceOf(request).position === sequenceOf(token).position;

/**
 * Inserts a signing; where there is one with its identifier already, that one is returned and nothing inserted.
 * @returns the signing that was there before; undefined where the new one was inserted
 * @throws Problem token-replayed, document-not-found, document-not-shown, identifier-reused, request-withdrawn
 */
export const insertOrFind = async (
  added: NewSigning,
  verified: Verified<SigningToken>,
  deps: StoreDeps,
): Promise<Signing | undefined> => {
  const inserted = await deps.store.insert(added);
  if (inserted === 'replayed') throw new Problem('token-replayed');
  if (inserted === 'withdrawn') throw new Problem('request-withdrawn');
  if (inserted === 'document-missing') throw new Problem('document-not-found');
  if (inserted === 'not-shown') throw new Problem('document-not-shown');
  return inserted === 'taken' ? findOwnSigning(verified, deps) : undefined;
};
