import { hash } from 'node:crypto';
import { Problem } from '#problem.ts';
import type { DigestArtefact, VerifyConservation } from '@tu-esign/verifier/verdicts/findings.ts';
import type { Output, TuIdentidadClient } from '#tu-identidad/client.ts';
import { refusedIsNotYet } from '#tu-identidad/failure.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import type { Artefact, ConservationAuthority, ConservationCertificate, ConservationOrder } from './authority.ts';

export interface TuIdentidadConservationOptions {
  client: TuIdentidadClient;
  settings: Pick<TuIdentidadSettings, 'accredited'>;
  verify: VerifyConservation;
  /** PEM of the roots that are believed. */
  roots: readonly string[];
  policies: readonly string[];
  now: () => Date;
}

/** SHA-256 as it is known; other digests are of the bytes. */
const toDigests = (
  artefacts: ConservationOrder['artefacts'],
  read: ConservationOrder['read'],
): Record<string, DigestArtefact> => {
  const digestsOf =
    (artefact: Artefact): DigestArtefact =>
    async (algorithm) => {
      if (algorithm === 'sha256') return artefacts[artefact];
      const content = await read?.(artefact);
      return content && hash(algorithm, content);
    };
  return { 'signed-document': digestsOf('signed-document'), agreement: digestsOf('agreement') };
};

/**
 * Fetches the NOM-151 certificate that Tu Identidad has made of a process. Who issued it, and over which document, is
 * not known beforehand, but read from it.
 */
export const createTuIdentidadConservation = (options: TuIdentidadConservationOptions): ConservationAuthority => {
  const { client, settings, verify, roots, policies, now } = options;

  const judge = async (
    { content, warnings }: Output,
    { artefacts, read }: ConservationOrder,
  ): Promise<ConservationCertificate> => {
    const verified = await verify(content, {
      artefacts: toDigests(artefacts, read),
      roots,
      // Those that the operator names are of providers.
      providerRoots: roots,
      policies,
      now: now(),
    });
    const { form, findings, issuedAt, mediaType, der, conserves } = verified;
    // A PDF that only shows a certificate, or a file that holds a private key, is not kept.
    if (!der || !issuedAt) throw new Problem('conservation-invalid', undefined, { code: form });
    return {
      response: der,
      mediaType,
      issuedAt,
      findings: { ...findings },
      conserves: conserves as ConservationCertificate['conserves'],
      ...(warnings.length > 0 && { warnings }),
    };
  };

  return {
    issuer: 'Tu Identidad',
    accredited: settings.accredited,
    async conserve(order, signal) {
      const output = await refusedIsNotYet(() => client.getConservationCertificate(order, { signal }));
      return output && judge(output, order);
    },
  };
};
