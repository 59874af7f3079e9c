import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { createKeyPair, type KeyAlgorithm } from '#keys/key-pair.ts';
import { KeysError, type KeyFiles } from '#keys/key-storage.ts';
import { createSigner, type Signer } from '#asn1/signer.ts';
import { isCscText, parseCscText } from './csc/key-text.ts';
import { isTokenUri, parseTokenUri } from './token-uri.ts';

/** A key that signs. */
export interface HeldKey {
  publicKey: KeyObject;
  signer: Signer;
}

/** What a key is for. */
export type KeyKind = 'root' | 'issuing' | 'time-stamp' | 'seal';

/** A key that is to be made. */
export interface KeyOrder {
  kind: KeyKind;
  /** As a person who looks at the keys reads it. */
  purpose: string;
  algorithm: KeyAlgorithm;
}

/** Makes keys that sign, and finds them again: in the service's own files, or where they never leave. */
export interface KeyHolder {
  /**
   * Makes another key.
   * @returns also the text that is kept in a file of the key's: the key itself, or where it is
   */
  create(order: KeyOrder): Promise<HeldKey & { text: string }>;
  /** @throws Error where the text is of no key, or of one that is not there */
  open(text: string): Promise<HeldKey>;
}

const hold = (key: KeyObject): HeldKey => ({ publicKey: createPublicKey(key), signer: createSigner(key) });

/** Keys in files: the text is the key, in PEM (PKCS #8). */
export const keysInFiles: KeyHolder = {
  async create({ algorithm }) {
    const { privateKey } = await createKeyPair(algorithm);
    return { ...hold(privateKey), text: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
  },
  async open(text) {
    if (isCscText(text))
      throw new KeysError(
        `a key is behind the remote signer ${parseCscText(text).url}: set TU_ESIGN_CSC_URL and the others`,
      );
    if (!isTokenUri(text)) return hold(createPrivateKey(text));
    const { token } = parseTokenUri(text);
    throw new KeysError(`a key is in a PKCS #11 token, '${token}': set TU_ESIGN_PKCS11_MODULE, _TOKEN and _PIN`);
  },
};

/**
 * A key is made once: where somebody else makes them, the same may be named again.
 * @throws KeysError
 */
export const requireOtherKey = (files: KeyFiles, text: string): void => {
  if (!Object.values(files).includes(text)) return;
  throw new KeysError('the key that is named is there already: name another credential of the remote signer');
};
