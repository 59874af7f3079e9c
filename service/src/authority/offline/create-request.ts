import { bitString, integer, retag, sequence, setOf, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { toPem } from '#asn1/pem.ts';
import { belowRoot, type Replaceable } from '#authority/create-authority.ts';
import { authorityName } from '#authority/name.ts';
import { requireOtherKey, type HeldKey, type KeyHolder } from '#keys/custody/key-holder.ts';
import type { KeyAlgorithm } from '#keys/key-pair.ts';
import type { KeyFiles } from '#keys/key-storage.ts';

export const requestLabel = 'CERTIFICATE REQUEST';

/** The file of a key that has no certificate yet. */
export const requestedFile = (which: Replaceable): string => `${which}.requested.key.pem`;

/** A CertificationRequest (RFC 2986, 4.2) that asks for the extensions of its kind (RFC 2985, 5.4.2); DER. */
const createRequest = async ({ publicKey, signer }: HeldKey, which: Replaceable, organization: string) => {
  const { purpose, extensions } = belowRoot[which];
  const { identifier: algorithm } = signer.algorithm;
  const attribute: Der = sequence(oid.extensionRequest, setOf(sequence(...extensions)));
  const toBeSigned = sequence(
    integer(0),
    authorityName(organization, purpose),
    publicKey.export({ format: 'der', type: 'spki' }),
    retag(0xa0, setOf(attribute)),
  );
  return sequence(toBeSigned, algorithm, bitString(await signer.sign(toBeSigned)));
};

/** Keys for which certificates are to be asked. A key that was asked for before, and has none yet, stays. */
export const addRequestedKeys = async (
  files: KeyFiles,
  which: readonly Replaceable[],
  { holder, algorithm }: { holder: KeyHolder; algorithm: KeyAlgorithm },
): Promise<KeyFiles> => {
  const added: KeyFiles = {};
  for (const one of which) {
    const { kind, purpose } = belowRoot[one];
    const asked = files[requestedFile(one)];
    const text = asked ?? (await holder.create({ kind, purpose, algorithm })).text;
    if (asked === undefined) requireOtherKey(files, text);
    added[requestedFile(one)] = text;
  }
  return { ...files, ...added };
};

/** @returns PEM, one request for each key */
export const createRequests = async (
  files: KeyFiles,
  which: readonly Replaceable[],
  { holder, organization }: { holder: KeyHolder; organization: string },
): Promise<string> => {
  const requests: string[] = [];
  for (const one of which) {
    const key = await holder.open(files[requestedFile(one)] ?? '');
    requests.push(toPem(await createRequest(key, one, organization), requestLabel));
  }
  return requests.join('');
};
