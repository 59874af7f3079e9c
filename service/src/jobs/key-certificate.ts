import { X509Certificate } from 'node:crypto';
import { failedOf, type VerifiedKeyCertificate, type VerifiedSignature } from '@tu-esign/verifier/verdicts/findings.ts';
import { keepOutput } from '#files/keep-output.ts';
import type { DeliveredKeyCertificate } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import type { Signing, Standing } from '#signing/signing.ts';
import type { Deps, ReceivedOutput } from './step.ts';

interface Candidate {
  /** Undefined where the provider gave none. */
  delivered: DeliveredKeyCertificate | undefined;
  /** Who signed, as the document says. */
  signer: VerifiedSignature | undefined;
}

/** Judges the certificate of the key that signed, or reads it from the signature where the provider gave none. */
export const judgeKeyCertificate = async (
  signing: Signing,
  { delivered, signer }: Candidate,
  { verifyKeyCertificate, files }: Deps,
): Promise<ReceivedOutput> => {
  const { content: file, warnings } = delivered ?? {};
  const verified = verifyKeyCertificate(file, signer?.certificate);
  const content = file ? withoutBase64(file, verified.base64) : toPem(verified.certificate);
  const { form, mediaType, findings } = verified;
  const told = { ...(content && { digest: digestOf(content) }), ...(warnings?.length && { warnings }) };
  const observations = [{ kind: 'verified', data: { artefact: 'key-certificate', form, findings, ...told } } as const];
  const standing: Standing = {
    findings: { ...findings },
    ...(!holds(verified) && { problem: 'key-certificate-invalid' }),
  };
  // A private key must not be kept: it is nobody's but the signatory's.
  if (!content || !findings.withoutPrivateKey) return { standing, observations };
  const kept = await keepOutput(signing, content, files);
  return { kept: file ? { ...kept, mediaType } : kept, standing, observations };
};

const holds = ({ findings }: VerifiedKeyCertificate): boolean => failedOf(findings).length === 0;

/** Decodes it as many times as it was encoded. */
const withoutBase64 = (content: Uint8Array, times: number): Uint8Array =>
  times === 0 ? content : withoutBase64(Buffer.from(Buffer.from(content).toString('latin1'), 'base64'), times - 1);

const toPem = (certificate: Uint8Array | undefined): Uint8Array | undefined =>
  certificate && Buffer.from(new X509Certificate(certificate).toString());
