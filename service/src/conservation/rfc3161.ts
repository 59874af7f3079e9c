import { readTimeStampResponse } from '@tu-esign/verifier/cms/read-time-stamp.ts';
import { Problem } from '#problem.ts';
import { failedOf, type ConservationFindings } from '@tu-esign/verifier/verdicts/findings.ts';
import type { ConservationAuthority, ConservationCertificate, ConservationOrder } from './authority.ts';
import { AuthorityFault, postQuery, type TimeStampServer } from './post-query.ts';
import { createNonce, createTimeStampRequest, type TimeStampQuery } from './time-stamp-request.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyTimeStamp } from '@tu-esign/verifier/verdicts/time-stamp-token.ts';

/** An authority that speaks RFC 3161 over HTTP. */
export interface Rfc3161Options extends TimeStampServer {
  /** As it is shown to people. */
  issuer: string;
  /** As the operator tells: it is never inferred from an answer. */
  accredited: boolean;
  /** PEM of the roots that its certificate must lead to. */
  roots: readonly string[];
  /** See TimeStampExpectations. */
  policies: readonly string[];
  /**
   * Whether the certificate must be for time-stamps alone, and named in the token, as RFC 3161 demands; those of Mexican
   * certification providers are not.
   */
  strict: boolean;
  /** How far genTime may be from our clock, in milliseconds. */
  driftMs: number;
  now: () => Date;
}

/** PKIFailureInfo (RFC 3161, 2.4.2), by the number of the bit. */
const failures = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);
/** What passes. */
const passing = new Set(['timeNotAvailable', 'systemFailure']);

const tryReadResponse = (answer: Buffer) => {
  try {
    return readTimeStampResponse(answer);
  } catch {
    throw new AuthorityFault('parsed');
  }
};

/** @throws Problem provider-refused, AuthorityFault where it says no */
const refuseRefusal = (answer: Buffer): void => {
  const { status, failure, token } = tryReadResponse(answer);
  if (token && status <= 1) return;
  const reason = failures.get(failure ?? -1) ?? `status ${status}`;
  if (passing.has(reason)) throw new AuthorityFault(reason);
  throw new Problem('provider-refused', undefined, { code: reason });
};

/** What this authority is held to beyond what a constancia is. */
const strictlyFailed = ({ certificateBound, extendedKeyUsage }: ConservationFindings): string[] => [
  ...(certificateBound === null ? ['certificateBound'] : []),
  ...(extendedKeyUsage === null ? ['extendedKeyUsage'] : []),
];

/** @throws AuthorityFault naming the findings that fail */
const judge = async (
  answer: Buffer,
  { digest, algorithm, nonce }: TimeStampQuery,
  options: Rfc3161Options,
): Promise<ConservationCertificate> => {
  const { roots, policies, strict, driftMs, now } = options;
  // Whoever is not held to RFC 3161 to the letter is taken for a Mexican provider.
  const trust = { roots, providerRoots: strict ? [] : roots, policies, now: now() };
  const { findings, content } = await verifyTimeStamp(answer, { ...trust, digest, algorithm, nonce }, nodePorts);
  const failed = [...failedOf(findings), ...(strict ? strictlyFailed(findings) : [])];
  if (!content || failed.length) throw new AuthorityFault(failed.join(','));
  if (Math.abs(now().getTime() - content.genTime.getTime()) > driftMs) throw new AuthorityFault('genTime');
  return { response: answer, issuedAt: content.genTime, findings, conserves: 'signed-document' };
};

/**
 * Has digests time-stamped by an authority over HTTP. Every answer is judged: status, imprint, nonce, signature, chain
 * to its roots, policy and time. What may pass is tried again by whoever asks.
 */
export const createRfc3161Conservation = (options: Rfc3161Options): ConservationAuthority => ({
  issuer: options.issuer,
  accredited: options.accredited,
  conserve: async ({ digest, algorithm = 'sha256' }: ConservationOrder, signal?: AbortSignal) => {
    const nonce = createNonce();
    const answer = await postQuery(options, createTimeStampRequest({ digest, algorithm, nonce }), signal);
    refuseRefusal(answer);
    return judge(answer, { digest, algorithm, nonce }, options);
  },
});
