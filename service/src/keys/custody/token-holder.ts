import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { algorithmOf } from '#asn1/signer.ts';
import { toEcdsaValue } from './ecdsa-value.ts';
import { keysInFiles, type HeldKey, type KeyHolder } from './key-holder.ts';
import { createTokenClient, type TokenClient } from './token-process-client.ts';
import { KeysError } from '#keys/key-storage.ts';
import type { TokenAccess, TokenQuestion } from './token-process.ts';
import { formatTokenUri, isTokenUri, parseTokenUri } from './token-uri.ts';

/** @param point Base64 of 0x04, x and y */
const toPublicKey = (point: string): KeyObject => {
  const octets = Buffer.from(point, 'base64');
  const middle = (octets.length + 1) / 2;
  const [x, y] = [octets.subarray(1, middle), octets.subarray(middle)].map((half) => half.toString('base64url'));
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: middle === 33 ? 'P-256' : 'P-384', x: x!, y: y! } });
};

const hold = (client: TokenClient, id: string, point: string): HeldKey => {
  const publicKey = toPublicKey(point);
  const algorithm = algorithmOf(publicKey);
  return {
    publicKey,
    signer: {
      algorithm,
      async sign(bytes) {
        const digest = createHash(algorithm.digest).update(bytes).digest('base64');
        return toEcdsaValue(Buffer.from(await client.ask({ do: 'sign', id, digest }), 'base64'));
      },
    },
  };
};

/** What keeps a start from going on, the operator is told. */
const askAtStart = (client: TokenClient, question: TokenQuestion): Promise<string> =>
  client.ask(question).catch((cause: Error) => {
    throw new KeysError(`the keys in the PKCS #11 token cannot be used: ${cause.message}`, { cause });
  });

/**
 * Keys that are made in a PKCS #11 token, which they never leave: the text says where a key is (RFC 7512). Keys that are
 * in files already go on signing until they are rotated.
 */
export const createTokenHolder = (access: TokenAccess): KeyHolder & { close(): void } => {
  const client = createTokenClient(access);
  return {
    async create({ purpose, algorithm }) {
      if (algorithm === 'RSA-3072') throw new KeysError('keys in a PKCS #11 token are P-256 or P-384 here');
      const id = randomBytes(16).toString('hex');
      const point = await askAtStart(client, { do: 'create', id, label: `tu-esign ${purpose}`, curve: algorithm });
      return { ...hold(client, id, point), text: formatTokenUri({ token: access.token, id }) };
    },
    async open(text) {
      if (!isTokenUri(text)) return keysInFiles.open(text);
      const { token, id } = parseTokenUri(text);
      if (token !== access.token)
        throw new KeysError(`a key is in the PKCS #11 token '${token}', and '${access.token}' is set`);
      return hold(client, id, await askAtStart(client, { do: 'find', id }));
    },
    close: () => client.close(),
  };
};
