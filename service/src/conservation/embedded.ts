import type { Authority } from '#authority/authority.ts';
import { timeStampPolicy } from '@tu-esign/verifier/certificates/policies.ts';
import type { ConservationAuthority, ConservationCertificate, ConservationOrder } from './authority.ts';
import { createNonce } from './time-stamp-request.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { ConservationFindings } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyTimeStamp } from '@tu-esign/verifier/verdicts/time-stamp-token.ts';

export interface EmbeddedConservationOptions {
  authority: Authority;
  now: () => Date;
}

/** How far genTime may be from our clock: milliseconds. */
const mostDrift = 60_000;

const required = [
  'parsed',
  'granted',
  'imprintMatches',
  'nonceMatches',
  'signatureValid',
  'certificateBound',
  'certificateValidAtGenTime',
  'genTimeHasCome',
  'extendedKeyUsage',
  'chainToPinnedRoot',
  'algorithmsStrong',
  'policyRecognised',
] as const satisfies (keyof ConservationFindings)[];

/**
 * Conserves with the service's own time-stamp authority: the form of a constancia de conservación
 * (NOM-151-SCFI-2016), accredited by nobody.
 */
export const createEmbeddedConservation = ({ authority, now }: EmbeddedConservationOptions) =>
  ({
    issuer: authority.name,
    accredited: false,
    conserve: async ({ digest }: ConservationOrder): Promise<ConservationCertificate> => {
      const nonce = createNonce();
      const { response } = await authority.createTimeStamp({ imprint: Buffer.from(digest, 'hex'), nonce });
      const expected = { roots: [authority.rootPem], policies: [timeStampPolicy], digest, nonce, now: now() };
      const { findings, content } = await verifyTimeStamp(response, expected, nodePorts);
      const failed = required.filter((finding) => findings[finding] !== true);
      if (!content || failed.length) throw new Error(`The time-stamp does not hold: ${failed.join(', ')}`);
      const drift = Math.abs(now().getTime() - content.genTime.getTime());
      if (drift > mostDrift) throw new Error('The time-stamp is of another time');
      return { response, issuedAt: content.genTime, findings: { ...findings }, conserves: 'signed-document' };
    },
  }) satisfies ConservationAuthority;
