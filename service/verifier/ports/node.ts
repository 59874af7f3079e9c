import { constants, createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import { constants as zlib, inflateSync } from 'node:zlib';
import type { Ports, SignatureCheck } from './ports.ts';

const isOf = ({ scheme }: SignatureCheck, key: KeyObject): boolean =>
  key.asymmetricKeyType?.startsWith(scheme === 'ecdsa' ? 'ec' : 'rsa') ?? false;

const paddingOf = ({ scheme, saltLength }: SignatureCheck) =>
  scheme === 'rsa-pss'
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltLength ?? constants.RSA_PSS_SALTLEN_AUTO }
    : {};

const holds = (check: SignatureCheck): boolean => {
  const { buffer, byteOffset, byteLength } = check.publicKey;
  const key = createPublicKey({ key: Buffer.from(buffer, byteOffset, byteLength), format: 'der', type: 'spki' });
  return isOf(check, key) && verify(check.digest, check.bytes, { key, ...paddingOf(check) }, check.signature);
};

/** The verifier's ports by Node's own zlib and OpenSSL. */
export const nodePorts: Ports = {
  inflate: (bytes, most) =>
    // a stream that was cut short still gives what it has
    inflateSync(bytes, { finishFlush: zlib.Z_SYNC_FLUSH, maxOutputLength: most }),
  digest: (algorithm, bytes) => hash(algorithm, bytes, 'buffer'),
  verify: (check) => {
    try {
      return Promise.resolve(holds(check));
    } catch {
      // odd keys and values make node:crypto throw
      return Promise.resolve(false);
    }
  },
};
