import { createGuard, type GuardOptions } from '#network/guard.ts';
import { guardProvider, observeProvider } from '#providers/around.ts';
import { NotSigned, type Provider } from '#providers/provider.ts';
import { ConfigError } from './settings/config-error.ts';
import type { Config } from './settings/config.ts';
import type { Telemetry } from './telemetry.ts';
import type { TuIdentidad } from './tu-identidad.ts';

export interface ChooseProvidersDeps extends Pick<Telemetry, 'meter' | 'tracer'> {
  /** Those that answer within the configured time. */
  providers: readonly Provider[];
}

/** What finds the provider of a host, by what the hosts file says. @throws ConfigError where one is named that is not there */
export type ChooseProviders = (registered: Pick<Config, 'hosts'>, tuIdentidad: readonly TuIdentidad[]) => ProviderOf;
export type ProviderOf = (hostId: string) => Provider;

/**
 * The provider of each host, behind a guard of its own. Where the hosts file is read anew, a provider that is the same keeps its
 * guard, which knows how it has fared.
 */
export const createChooseProviders = (guard: GuardOptions, deps: ChooseProvidersDeps): ChooseProviders => {
  const { providers, meter, tracer } = deps;
  const watched = new Map<Provider, Provider>();
  const watch = (provider: Provider, timeoutMs: number): [string, Provider] => {
    const known =
      watched.get(provider) ??
      observeProvider(guardProvider(provider, createGuard({ ...guard, timeoutMs })), meter, tracer);
    watched.set(provider, known);
    return [provider.name, known];
  };
  return ({ hosts }, tuIdentidad) => {
    const known = new Map([
      ...providers.map((provider) => watch(provider, guard.timeoutMs)),
      ...tuIdentidad.map(({ provider, callMs }) => watch(provider, callMs)),
    ]);
    return findIn(hosts, known);
  };
};

const findIn = (hosts: Config['hosts'], known: ReadonlyMap<string, Provider>): ProviderOf => {
  const unknown = hosts.filter(({ provider }) => !known.has(provider));
  if (unknown.length) throw new ConfigError(`No such provider: ${unknown.map(({ provider }) => provider).join(', ')}`);
  const byHost = new Map(hosts.map(({ id, provider }) => [id, known.get(provider)!]));
  return (hostId) => {
    const provider = byHost.get(hostId);
    // A host may be taken out of the configuration while its signings are under way.
    if (!provider) throw new NotSigned(new Error('the host is not configured any more'));
    return provider;
  };
};
