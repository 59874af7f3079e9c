import { equalBytes } from '#bytes.ts';
import { readCertificate } from '#certificates/certificate.ts';
import { mayCertify } from '#certificates/extensions.ts';
import { certificateMediaTypes, readCertificateFile } from './certificate-file.ts';
import type { VerifyKeyCertificate } from './findings.ts';

/** The signer's where it is among them; else the first that certifies no others. */
const choose = (certificates: Uint8Array[], signer: Uint8Array | undefined): Uint8Array | undefined =>
  certificates.find((certificate) => signer && equalBytes(certificate, signer)) ??
  certificates.find((certificate) => !mayCertify(readCertificate(certificate))) ??
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
      matchesSigner: certificate && signer ? equalBytes(certificate, signer) : null,
    },
  };
};
