import { X509Certificate } from 'node:crypto';
import { certificateMediaTypes, readCertificateFile } from '#asn1/certificate-file.ts';
import type { VerifyKeyCertificate } from './findings.ts';

/** The signer's where it is among them; else the first that certifies no others. */
const choose = (certificates: Buffer[], signer: Uint8Array | undefined): Buffer | undefined =>
  certificates.find((certificate) => signer && certificate.equals(signer)) ??
  certificates.find((certificate) => !new X509Certificate(certificate).ca) ??
  certificates[0];

/**
 * Tells what came as a key certificate and whether it is the signer's; what did not come, or as a sheet for
 * people, is read from the signature.
 */
export const verifyKeyCertificate: VerifyKeyCertificate = (given, signer) => {
  if (!given) {
    const findings = { parsed: signer !== undefined, withoutPrivateKey: true, matchesSigner: null };
    return { form: 'none', base64: 0, mediaType: certificateMediaTypes.der, certificate: signer, findings };
  }
  const { form, base64, certificates } = readCertificateFile(given);
  const certificate = choose(certificates, signer);
  return {
    form,
    base64,
    mediaType: certificateMediaTypes[form],
    certificate: certificate ?? (form === 'pdf' ? signer : undefined),
    findings: {
      parsed: form === 'pdf' ? null : certificate !== undefined,
      withoutPrivateKey: form !== 'private-key',
      matchesSigner: certificate && signer ? certificate.equals(signer) : null,
    },
  };
};
