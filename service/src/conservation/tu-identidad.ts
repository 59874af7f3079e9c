import { Problem } from '#problem.ts';
import type { VerifyConservation } from '@tu-esign/verifier/verdicts/findings.ts';
import type { Given, TuIdentidadClient } from '#tu-identidad/client.ts';
import { askLate } from '#tu-identidad/outcome.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import type { ConservationAuthority, ConservationCertificate, ConservationOrder } from './authority.ts';

export interface TuIdentidadConservationOptions {
  client: TuIdentidadClient;
  settings: Pick<TuIdentidadSettings, 'accredited'>;
  verify: VerifyConservation;
  /** PEM of the roots that are believed. */
  roots: readonly string[];
  policies: readonly string[];
}

/**
 * Fetches the NOM-151 certificate that Tu Identidad has made of a process. Who issued it, and over what, is not known
 * beforehand: both are told by what is found in it.
 */
export const createTuIdentidadConservation = (options: TuIdentidadConservationOptions): ConservationAuthority => {
  const { client, settings, verify, roots, policies } = options;

  const judge = ({ content, warnings }: Given, { artefacts }: ConservationOrder): ConservationCertificate => {
    const verified = verify(content, { artefacts, roots, policies });
    const { form, findings, issuedAt, mediaType, der, conserves } = verified;
    // A rendering, or a file with a private key in it, is no evidence, and is not kept.
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
      const given = await askLate(() => client.getConservationCertificate(order, { signal }));
      return given && judge(given, order);
    },
  };
};
