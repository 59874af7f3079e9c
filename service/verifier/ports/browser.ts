import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { toHex } from '#bytes.ts';
import { inflate } from './inflate.ts';
import type { DigestAlgorithm, Ports, SignatureCheck } from './ports.ts';
import { toRawSignature } from './raw-signature.ts';
import { asPlainRsa } from './rsa-key.ts';

const hashes = { sha1, sha256, sha384, sha512 };
const names: Record<DigestAlgorithm, string> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

/** How a SubjectPublicKeyInfo begins whose point, not compressed, is of one of WebCrypto's curves (RFC 5480, 2). */
const curves = [
  { namedCurve: 'P-256', start: '3059301306072a8648ce3d020106082a8648ce3d030107034200', octets: 32 },
  { namedCurve: 'P-384', start: '3076301006072a8648ce3d020106052b81040022036200', octets: 48 },
  { namedCurve: 'P-521', start: '30819b301006072a8648ce3d020106052b81040023038186', octets: 66 },
];

/** A check in WebCrypto's words. */
interface Translated {
  publicKey: Uint8Array;
  importing: { name: string; hash: string } | { name: string; namedCurve: string };
  verifying: { name: string } | { name: string; hash: string } | { name: string; saltLength: number };
  signature: Uint8Array;
}

const translateEcdsa = ({ publicKey, digest, signature }: SignatureCheck): Translated => {
  const start = toHex(publicKey.subarray(0, 30));
  const curve = curves.find((candidate) => start.startsWith(candidate.start));
  if (!curve) throw new Error('The curve is none of WebCrypto’s');
  const { namedCurve, octets } = curve;
  return {
    publicKey,
    importing: { name: 'ECDSA', namedCurve },
    verifying: { name: 'ECDSA', hash: names[digest] },
    signature: toRawSignature(signature, octets),
  };
};

const translate = (check: SignatureCheck): Translated => {
  const { scheme, publicKey, digest, signature, saltLength = hashes[digest].outputLen } = check;
  if (scheme === 'ecdsa') return translateEcdsa(check);
  const isPss = scheme === 'rsa-pss';
  const name = isPss ? 'RSA-PSS' : 'RSASSA-PKCS1-v1_5';
  return {
    publicKey: isPss ? asPlainRsa(publicKey) : publicKey,
    importing: { name, hash: names[digest] },
    verifying: isPss ? { name, saltLength } : { name },
    signature,
  };
};

/** WebCrypto takes no memory that is shared, and the types say so. */
const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

const holds = async (check: SignatureCheck): Promise<boolean> => {
  const { publicKey, importing, verifying, signature } = translate(check);
  const key = await crypto.subtle.importKey('spki', own(publicKey), importing, false, ['verify']);
  return crypto.subtle.verify(verifying, key, own(signature), own(check.bytes));
};

/**
 * The verifier's ports in a browser, where the page came by HTTPS or from the same machine. WebCrypto knows RSA and the
 * curves P-256, P-384 and P-521; what is signed with another does not verify.
 */
export const browserPorts: Ports = {
  inflate,
  digest: (algorithm, bytes) => hashes[algorithm](bytes),
  verify: async (check) => {
    try {
      return await holds(check);
    } catch {
      return false;
    }
  },
};
