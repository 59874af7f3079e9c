import { objectIdentifier } from '@tu-esign/verifier/asn1/der.ts';

// An arc of our own that needs no registration (X.667, 6.3). Never a PSC's.
const arc = '2.25.272250373330961559852911778295511198101';

/** Policy of our time-stamps, dotted: local, not accredited. */
export const timeStampPolicy = `${arc}.1`;
/** Policy of the signatories' certificates, dotted: identity as asserted by the host, key used once. */
export const signatoryPolicy = `${arc}.2`;
/** Policy of the certificate whose key seals evidence, dotted. */
export const evidencePolicy = `${arc}.3`;

export const policy = {
  timeStamp: objectIdentifier(timeStampPolicy),
  signatory: objectIdentifier(signatoryPolicy),
} as const;
