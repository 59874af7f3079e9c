import { openAuthority, type Authority } from '#authority/authority.ts';
import { createEmbeddedConservation } from '#conservation/embedded.ts';
import type { KeyStorage } from '#keys/key-storage.ts';
import { uploadTurns } from '#http/limits/admission.ts';
import { createPdfEngine, type PdfEngine, type PdfEngineOptions } from '#pades/engine.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import type { Provider } from '#providers/provider.ts';
import { createChooseAuthorities, type AuthorityOf } from './choose-authorities.ts';
import { createChooseProviders, type ProviderOf } from './choose-providers.ts';
import type { Config } from './settings/config.ts';
import type { Telemetry } from './telemetry.ts';
import { createTuIdentidad, type TuIdentidad } from './tu-identidad.ts';

/** Who signs and who conserves for which host, and the engine and the authority that are built in. */
export interface Signers {
  engine: PdfEngine;
  /** Reads uploads, in threads of its own: nobody's signing waits for what is uploaded. */
  uploads: Pick<PdfEngine, 'accept' | 'close'>;
  authority: Authority;
  readonly providerOf: ProviderOf;
  readonly conservationOf: AuthorityOf;
  /**
   * Who signs and conserves from now on; what is under way ends where it began.
   * @throws ConfigError, and all stays as it is, where a host names one that is not there
   */
  replace(registered: Registered): void;
}

/** What the hosts file registers. */
type Registered = Pick<Config, 'hosts' | 'providers' | 'authorities'>;

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
  const providers = [createEmbeddedProvider({ engine, authority, now }), ...others];
  const embedded = createEmbeddedConservation({ authority, now });
  const tuIdentidadOf = rememberTuIdentidad(now);
  const chooseProviders = createChooseProviders(config.guard, { providers, meter, tracer });
  const chooseAuthorities = createChooseAuthorities(config.guard, { embedded, tracer, now });
  const choose = (registered: Registered) => {
    const tuIdentidad = registered.providers.map(tuIdentidadOf);
    return {
      providerOf: chooseProviders(registered, tuIdentidad),
      conservationOf: chooseAuthorities(registered, tuIdentidad),
    };
  };
  let chosen = choose(config);
  return {
    engine,
    uploads: createUploadEngine({ ...bounds, threads: uploadTurns }),
    authority,
    providerOf: (hostId) => chosen.providerOf(hostId),
    conservationOf: (hostId) => chosen.conservationOf(hostId),
    replace(registered) {
      chosen = choose(registered);
    },
  };
};

/** An entry that has not changed keeps its client, which counts how often the vendor was asked. */
const rememberTuIdentidad = (now: () => Date) => {
  const known = new Map<string, TuIdentidad>();
  return (settings: Config['providers'][number]): TuIdentidad => {
    const key = JSON.stringify(settings);
    const one = known.get(key) ?? createTuIdentidad(settings, now);
    known.set(key, one);
    return one;
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
