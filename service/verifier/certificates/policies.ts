// An arc of our own that needs no registration (X.667, 6.3). Never a PSC's.
const arc = '2.25.272250373330961559852911778295511198101';

/** Policy of our time-stamps, dotted: local, not accredited. */
export const timeStampPolicy = `${arc}.1`;
/** Policy of the signatories' certificates, dotted: identity as asserted by the host, key used once. */
export const signatoryPolicy = `${arc}.2`;
/** Policy of the certificate whose key seals evidence, dotted. */
export const evidencePolicy = `${arc}.3`;

/** Policies of Mexican certification providers lie below it; each has its own. */
export const providerPolicies: readonly string[] = ['2.16.484.101.10.316.'];
