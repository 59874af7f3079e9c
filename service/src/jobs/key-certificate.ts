import { X509Certificate } from 'node:crypto';
import { digestOf } from '#signing/digest.ts';
import type { HandedOut } from '#providers/provider.ts';
import type { Observation } from '#signing/evidence.ts';
import { failedOf, type VerifiedKeyCertificate, type VerifiedSignature } from '@tu-esign/verifier/verdicts/findings.ts';
import type { KeptFile, Signing, Standing } from '#signing/signing.ts';
import { keepFile } from './keep-file.ts';
import type { Neighbours } from './step.ts';

/** An output that came, with what was found of it. */
export interface Found<Kept extends KeptFile = KeptFile> {
  /** Absent where it must not be kept. */
  kept?: Kept;
  standing: Standing;
  observations: Observation[];
}

interface Candidate {
  /** As the provider handed it out; undefined where it did not. */
  given: HandedOut | undefined;
  /** Who signed, as the document says. */
  signer: VerifiedSignature | undefined;
}

/** Looks at the certificate of the key that signed, or reads it from the signature where none was handed out. */
export const judgeKeyCertificate = async (
  signing: Signing,
  { given, signer }: Candidate,
  { verifyKeyCertificate, files }: Neighbours,
): Promise<Found> => {
  const { content: file, warnings } = given ?? {};
  const verified = verifyKeyCertificate(file, signer?.certificate);
  const content = file ? withoutBase64(file, verified.base64) : toPem(verified.certificate);
  const { form, mediaType, findings } = verified;
  const told = { ...(content && { digest: digestOf(content) }), ...(warnings?.length && { warnings }) };
  const observations = [{ kind: 'verified', data: { artefact: 'key-certificate', form, findings, ...told } } as const];
  const standing: Standing = {
    findings: { ...findings },
    ...(!holds(verified) && { problem: 'key-certificate-invalid' }),
  };
  // A private key is nobody's but the signatory's.
  if (!content || !findings.withoutPrivateKey) return { standing, observations };
  const kept = await keepFile(signing, content, files);
  return { kept: file ? { ...kept, mediaType } : kept, standing, observations };
};

const holds = ({ findings }: VerifiedKeyCertificate): boolean => failedOf(findings).length === 0;

/** As often as it was put into it. */
const withoutBase64 = (content: Uint8Array, times: number): Uint8Array =>
  times === 0 ? content : withoutBase64(Buffer.from(Buffer.from(content).toString('latin1'), 'base64'), times - 1);

const toPem = (certificate: Uint8Array | undefined): Uint8Array | undefined =>
  certificate && Buffer.from(new X509Certificate(certificate).toString());
