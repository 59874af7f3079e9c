import { openAuthority, type Authority } from '#authority/authority.ts';
import { createStamps, type Stamps } from '#authority/stamps.ts';
import type { Revocations } from '#authority/revocation/revocations.ts';
import { createEmbeddedConservation } from '#conservation/embedded.ts';
import type { KeyHolder } from '#keys/custody/key-holder.ts';
import type { KeyStorage } from '#keys/key-storage.ts';
import type { PdfEngine } from '#pades/engine.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import type { Provider } from '#providers/provider.ts';
import { createRenewals, type Renewals } from '#providers/renew.ts';
import { createChooseAuthorities, type AuthorityOf } from './choose-authorities.ts';
import { createChooseTimeStamps } from './choose-time-stamps.ts';
import { createChooseProviders, type ProviderOf } from './choose-providers.ts';
import type { Config } from './settings/config.ts';
import type { Telemetry } from './telemetry.ts';
import { publishedAt } from './settings/published-at.ts';
import { createTuIdentidad, type TuIdentidad } from './tu-identidad.ts';

/** Who signs and who conserves for which host, and the authority that is built in. */
export interface Signers {
  authority: Authority;
  renewals: Renewals;
  readonly providerOf: ProviderOf;
  readonly conservationOf: AuthorityOf;
  /**
   * Who signs and conserves from now on; what is under way ends where it began.
   * @throws ConfigError, and all stays as it is, where a host names one that is not there
   */
  replace(registered: Registered): void;
}

/** What the hosts file registers. */
type Registered = Pick<Config, 'hosts' | 'providers' | 'authorities' | 'timeStamps'>;

export interface SignersDeps extends Telemetry {
  engine: PdfEngine;
  keys: KeyStorage;
  holder: KeyHolder;
  revocations: Revocations;
  now: () => Date;
  /** Providers besides the embedded one and those of the hosts file. */
  others: readonly Provider[];
}

/** @throws ConfigError where a host names a provider or an authority that is not there */
export const openSigners = async (config: Config, deps: SignersDeps): Promise<Signers> => {
  const { engine, keys, holder, revocations, now, others, meter, tracer } = deps;
  const { organisation: name, authorityKeys: algorithm, signatoryKeys } = config;
  const authority = await openAuthority({
    keys,
    holder,
    now,
    name,
    revocations,
    algorithm,
    signatoryKeys,
    publishedAt: publishedAt(config),
  });
  const own = createStamps(authority);
  const stamps: Stamps = {
    get moreBytes() {
      return (chosen.stamps ?? own).moreBytes;
    },
    stamp: (imprint, signing) => (chosen.stamps ?? own).stamp(imprint, signing),
    listsOf: (certificates) => (chosen.stamps ?? own).listsOf(certificates),
  };
  const embeddedProvider = createEmbeddedProvider({
    engine,
    authority,
    now,
    level: config.signatureLevel,
    stamps,
    archiveDigest: config.archiveDigest,
  });
  const providers = [embeddedProvider, ...others];
  const embedded = createEmbeddedConservation({ authority, now });
  const tuIdentidadOf = rememberTuIdentidad(now);
  const chooseProviders = createChooseProviders(config.guard, { providers, meter, tracer });
  const chooseAuthorities = createChooseAuthorities(config.guard, { embedded, tracer, now });
  const chooseTimeStamps = createChooseTimeStamps(config.guard, { tracer, now });
  const choose = (registered: Registered) => {
    const tuIdentidad = registered.providers.map(tuIdentidadOf);
    return {
      providerOf: chooseProviders(registered, tuIdentidad),
      conservationOf: chooseAuthorities(registered, tuIdentidad),
      stamps: chooseTimeStamps(registered),
    };
  };
  let chosen = choose(config);
  return {
    authority,
    renewals: createRenewals({ engine, authority, stamps, algorithm: config.archiveDigest }),
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
