import { readCertificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { nameToText } from '@tu-esign/verifier/certificates/names.ts';

/** Whom a DER certificate names, on one line; it may be of any kind, and may have been altered. */
export const nameOf = (certificate: Uint8Array | undefined): string | undefined => {
  if (!certificate) return undefined;
  try {
    const subject = nameToText(readCertificate(certificate).subject);
    return /^CN=(.*)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
  } catch {
    return 'somebody whose name cannot be read';
  }
};
