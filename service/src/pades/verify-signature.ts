import { hash } from 'node:crypto';
import { verifySignedData } from '#asn1/verify-signed-data.ts';
import type { PreparedSignature } from './prepare.ts';

export interface SignatureToVerify {
  /** The document before this signature. */
  original: Uint8Array;
  document: Uint8Array;
  gap: PreparedSignature['gap'];
  /** DER of the certificate that must have signed. */
  certificate: Buffer;
}

const readContents = (document: Buffer, { start, end }: PreparedSignature['gap']): Buffer =>
  Buffer.from(document.toString('latin1', start + 1, end - 1), 'hex');

const covered = (document: Buffer, { start, end }: PreparedSignature['gap']): Buffer =>
  Buffer.concat([document.subarray(0, start), document.subarray(end)]);

const holds = (claim: boolean | undefined, what: string): void => {
  if (!claim) throw new Error(`The new signature is wrong: ${what}`);
};

/**
 * Looks at a signature just made as a verifier will, before anybody is told of it.
 * @throws Error that says what does not hold; a bug, never the document's fault
 */
export const assertSigned = ({ original, document, gap, certificate }: SignatureToVerify): void => {
  const whole = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  holds(whole.subarray(0, original.length).equals(original), 'the document before it was changed');
  holds(gap.start > original.length, 'it lies within the document before it');
  const cms = verifySignedData(readContents(whole, gap), covered(whole, gap));
  holds(cms.digestMatches, 'its digest is not of the document');
  holds(cms.signatureValid, 'its value does not verify');
  holds(cms.signerCertificate?.equals(certificate), 'its certificate is another');
  holds(cms.certificateBound, 'it does not name its certificate');
  const stamp = cms.timeStampToken;
  holds(stamp !== undefined, 'it has no time-stamp');
  const token = verifySignedData(stamp!);
  holds(token.signatureValid && token.digestMatches && token.certificateBound, 'its time-stamp does not verify');
  holds(token.content?.includes(hash('sha256', cms.signature, 'buffer')), 'its time-stamp is of something else');
};
