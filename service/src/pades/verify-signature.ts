import { hash } from 'node:crypto';
import { readElement } from '@tu-esign/verifier/asn1/read.ts';
import { equalBytes, indexOfBytes } from '@tu-esign/verifier/bytes.ts';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { startsWith } from '@tu-esign/verifier/bytes.ts';
import type { SigningAlgorithm } from '#asn1/signer.ts';
import { digestAround } from './complete-signature.ts';
import type { PreparedSignature } from './prepared-signature.ts';

export interface SignatureToVerify {
  /** The document before this signature. */
  original: Uint8Array;
  signed: PreparedSignature;
  /** DER of the certificate that must have signed. */
  certificate: Uint8Array;
  /** Whether it has a time-stamp. */
  stamped: boolean;
  /** As its signer digests. */
  digest: SigningAlgorithm['digest'];
}

const readContents = ({ document, gap }: PreparedSignature): Buffer =>
  Buffer.from(Buffer.from(document.buffer).toString('latin1', gap.start + 1, gap.end - 1), 'hex');

/** Most are told by their digest; for the others the verifier digests itself. */
const coveredBy = (signed: PreparedSignature, digest: SigningAlgorithm['digest']) =>
  digest === 'sha256'
    ? { sha256: digestAround(signed) }
    : Buffer.concat([signed.document.subarray(0, signed.gap.start), signed.document.subarray(signed.gap.end)]);

const holds = (claim: boolean | undefined, what: string): void => {
  if (!claim) throw new Error(`The new signature is wrong: ${what}`);
};

/**
 * Looks at a signature just made as a verifier will, before anybody is told of it.
 * @throws Error that says what does not hold; a bug, never the document's fault
 */
export const assertSigned = async ({
  original,
  signed,
  certificate,
  stamped,
  digest,
}: SignatureToVerify): Promise<void> => {
  holds(startsWith(signed.document, original), 'the document before it was changed');
  holds(signed.gap.start > original.length, 'it lies within the document before it');
  const cms = await verifySignedData({ cms: readContents(signed), detached: coveredBy(signed, digest) }, nodePorts);
  holds(cms.digestMatches, 'its digest is not of the document');
  holds(cms.signatureValid, 'its value does not verify');
  holds(cms.signerCertificate && equalBytes(cms.signerCertificate, certificate), 'its certificate is another');
  holds(cms.certificateBound, 'it does not name its certificate');
  const [stamp] = cms.timeStampTokens;
  holds((stamp !== undefined) === stamped, 'it has no time-stamp, or one that it was not to have');
  if (stamp) await assertStamp(stamp, hash('sha256', cms.signature, 'buffer'));
};

const assertStamp = async (stamp: Uint8Array, imprint: Uint8Array): Promise<void> => {
  const token = await verifySignedData({ cms: stamp }, nodePorts);
  holds(
    token.signatureValid && token.digestMatches && token.certificateBound !== false,
    'its time-stamp does not verify',
  );
  holds(token.content && indexOfBytes(token.content, imprint) !== -1, 'its time-stamp is of something else');
};

export interface ArchivedToVerify {
  /** The document before this time-stamp. */
  original: Uint8Array;
  archived: PreparedSignature;
  algorithm: SigningAlgorithm['digest'];
}

/**
 * The same of a time-stamp of the document, over one that is signed.
 * @throws Error, a bug
 */
export const assertArchived = async ({ original, archived, algorithm }: ArchivedToVerify): Promise<void> => {
  holds(startsWith(archived.document, original), 'the document before it was changed');
  holds(archived.gap.start > original.length, 'it lies within the document before it');
  const contents = readContents(archived);
  await assertStamp(contents.subarray(0, readElement(contents).end), digestAround(archived, algorithm));
};
