import type { ConservationAuthority } from '#conservation/authority.ts';
import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { providerPolicies } from '@tu-esign/verifier/certificates/policies.ts';
import { createTuIdentidadConservation } from '#conservation/tu-identidad.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import type { VerifyConservation } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyConservation } from '@tu-esign/verifier/verdicts/verify-conservation.ts';
import type { Provider } from '#providers/provider.ts';
import { createTuIdentidadProvider, firstLookMs } from '#providers/tu-identidad.ts';
import { createTuIdentidadClient } from '#tu-identidad/client.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';

/** What one entry of the hosts file has Tu Identidad do. */
export interface TuIdentidad {
  provider: Provider;
  /** Undefined where it is not asked for conservation certificates. */
  conservation: ConservationAuthority | undefined;
  /** How long a call may take in all, in milliseconds: its answer, and a first look for the document. */
  callMs: number;
}

const slackMs = 5_000;

const verify: VerifyConservation = (given, expected) => verifyConservation(given, expected, nodePorts);

/** Provider and authority share a client, which counts the requests of both. */
export const createTuIdentidad = (settings: TuIdentidadSettings, now: () => Date): TuIdentidad => {
  const client = createTuIdentidadClient(settings);
  const roots = [...pinnedRoots, ...settings.conservationRoots];
  const policies = [...providerPolicies, ...settings.conservationPolicies];
  const conservation = () => createTuIdentidadConservation({ client, settings, verify, roots, policies, now });
  return {
    provider: createTuIdentidadProvider({ client, settings }),
    conservation: settings.conservationCertificate ? conservation() : undefined,
    callMs: settings.timeoutSeconds * 1000 + firstLookMs + slackMs,
  };
};
