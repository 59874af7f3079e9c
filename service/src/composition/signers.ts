import { openAuthority, type Authority } from '#authority/authority.ts';
import type { ConservationAuthority } from '#conservation/authority.ts';
import { createEmbeddedConservation } from '#conservation/embedded.ts';
import type { KeyStorage } from '#keys/key-storage.ts';
import { uploadTurns } from '#http/limits/admission.ts';
import { createPdfEngine, type PdfEngine, type PdfEngineOptions } from '#pades/engine.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import type { Provider } from '#providers/provider.ts';
import { chooseAuthorities } from './choose-authorities.ts';
import { chooseProviders } from './choose-providers.ts';
import type { Config } from './settings/config.ts';
import type { Telemetry } from './telemetry.ts';
import { createTuIdentidad } from './tu-identidad.ts';

/** Who signs and who conserves for which host, and the engine and the authority that are built in. */
export interface Signers {
  engine: PdfEngine;
  /** Reads uploads, in threads of its own: nobody's signing waits for what is uploaded. */
  uploads: Pick<PdfEngine, 'accept' | 'close'>;
  authority: Authority;
  readonly providerOf: (hostId: string) => Provider;
  readonly conservationOf: (hostId: string) => ConservationAuthority;
}

export interface SignersDeps extends Telemetry {
  keys: KeyStorage;
  now: () => Date;
  /** Providers besides the embedded one and those of the hosts file. */
  others: readonly Provider[];
}

/** @throws ConfigError where a host names a provider or an authority that is not there */
export const openSigners = async (config: Config, deps: SignersDeps): Promise<Signers> => {
  const { keys, now, others, meter, tracer } = deps;
  const authority = await openAuthority({ keys, now, name: config.organisation });
  const bounds = { timeoutMs: config.pdfSeconds * 1000, memoryMb: config.pdfMegabytes };
  const engine = createPdfEngine(bounds);
  const tuIdentidad = config.providers.map((settings) => createTuIdentidad(settings, now));
  const providers = [createEmbeddedProvider({ engine, authority, now }), ...others];
  const embedded = createEmbeddedConservation({ authority, now });
  return {
    engine,
    uploads: createUploadEngine({ ...bounds, threads: uploadTurns }),
    authority,
    providerOf: chooseProviders(config, { providers, tuIdentidad, meter, tracer }),
    conservationOf: chooseAuthorities(config, { embedded, tuIdentidad, tracer, now }),
  };
};

/** Its threads start with the first upload: an instance that only signs has none of them. */
const createUploadEngine = (options: PdfEngineOptions): Signers['uploads'] => {
  let engine: PdfEngine | undefined;
  return {
    accept: (...upload) => (engine ??= createPdfEngine(options)).accept(...upload),
    close: async () => engine?.close(),
  };
};
