import { createGuard } from '#network/guard.ts';
import { guardProvider, observeProvider } from '#providers/around.ts';
import { NotSigned, type Provider } from '#providers/provider.ts';
import { ConfigError } from './settings/config-error.ts';
import type { Config } from './settings/config.ts';
import type { Telemetry } from './telemetry.ts';
import type { TuIdentidad } from './tu-identidad.ts';

export interface ChooseProvidersDeps extends Pick<Telemetry, 'meter' | 'tracer'> {
  /** Those that answer within the configured time. */
  providers: readonly Provider[];
  /** Those whose entries say how long they may take. */
  tuIdentidad: readonly TuIdentidad[];
}

/**
 * The provider of each host, behind a guard of its own.
 * @throws ConfigError where a host names one that is not there
 */
export const chooseProviders = ({ hosts, guard }: Config, deps: ChooseProvidersDeps) => {
  const { providers, tuIdentidad, meter, tracer } = deps;
  const watch = (provider: Provider, timeoutMs: number): [string, Provider] => {
    const guarded = guardProvider(provider, createGuard({ ...guard, timeoutMs }));
    return [provider.name, observeProvider(guarded, meter, tracer)];
  };
  const known = new Map([
    ...providers.map((provider) => watch(provider, guard.timeoutMs)),
    ...tuIdentidad.map(({ provider, callMs }) => watch(provider, callMs)),
  ]);
  const unknown = hosts.filter(({ provider }) => !known.has(provider));
  if (unknown.length) throw new ConfigError(`No such provider: ${unknown.map(({ provider }) => provider).join(', ')}`);
  const byHost = new Map(hosts.map(({ id, provider }) => [id, known.get(provider)!]));
  return (hostId: string): Provider => {
    const provider = byHost.get(hostId);
    // A host may be taken out of the configuration while its signings are under way.
    if (!provider) throw new NotSigned(new Error('the host is not configured any more'));
    return provider;
  };
};
