import { createHash, hash } from 'node:crypto';
import type { Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { attribute, createSignedData } from '#asn1/cms.ts';
import type { Imprint } from '#asn1/imprint.ts';
import { oid } from '#asn1/object-identifiers.ts';
import type { Signer, SigningAlgorithm } from '#asn1/signer.ts';
import type { PreparedSignature } from './prepared-signature.ts';

interface SignatureKey {
  certificate: Certificate;
  /** The certificates above it, without the root. */
  chain: Certificate[];
  signer: Signer;
}

export type { Imprint };

export interface CompletionOptions {
  prepared: PreparedSignature;
  key: SignatureKey;
  /** Without it the signature is not time-stamped: PAdES B-B. */
  timeStamp?: TimeStamping | undefined;
}

/** Gets a time-stamp token; undefined where there is none, and the signature stays without. */
export type TimeStamping = (imprint: Imprint) => Promise<Uint8Array | undefined>;

/** CAdES-T: the signature's value is time-stamped, in an unsigned attribute (EN 319 122-1, 5.3). */
const createCms = ({ prepared, key, timeStamp }: CompletionOptions): Promise<Buffer> =>
  createSignedData({
    contentType: oid.data,
    digest: (algorithm) => digestAround(prepared, algorithm),
    certificate: key.certificate,
    certificates: [key.certificate, ...key.chain],
    signer: key.signer,
    ...(timeStamp && {
      unsigned: async (signature) => {
        const token = await timeStamp({ algorithm: 'sha256', digest: hash('sha256', signature, 'buffer') });
        return token ? [attribute(oid.timeStampToken, token)] : [];
      },
    }),
  });

/** Of all but the gap: what /ByteRange covers. */
export const digestAround = (
  { document, gap }: PreparedSignature,
  algorithm: SigningAlgorithm['digest'] = 'sha256',
): Buffer => createHash(algorithm).update(document.subarray(0, gap.start)).update(document.subarray(gap.end)).digest();

const fill = ({ document, gap }: PreparedSignature, cms: Buffer): void => {
  const room = gap.end - gap.start - 2;
  if (2 * cms.length > room) throw new Error('The signature is larger than the room kept for it');
  document.set(Buffer.from(cms.toString('hex').padEnd(room, '0'), 'latin1'), gap.start + 1);
};

/**
 * Puts a time-stamp of the whole document into the gap that a worker prepared for it: PAdES B-LTA.
 * @returns false where there is none, and the gap is empty
 */
export const completeArchive = async (
  prepared: PreparedSignature,
  { timeStamp, algorithm }: { timeStamp: TimeStamping; algorithm: Imprint['algorithm'] },
): Promise<boolean> => {
  const token = await timeStamp({ algorithm, digest: digestAround(prepared, algorithm) });
  if (token) fill(prepared, Buffer.from(token));
  return token !== undefined;
};

/** Signs what a worker prepared, here where the key is: fills the gap in place, PAdES B-T, or B-B. */
export const completeSignature = async (options: CompletionOptions): Promise<void> => {
  const { prepared } = options;
  fill(prepared, await createCms(options));
};
