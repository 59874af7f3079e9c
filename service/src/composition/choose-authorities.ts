import { aroundAuthority, type ConservationAuthority } from '#conservation/authority.ts';
import { createRfc3161Conservation } from '#conservation/rfc3161.ts';
import { throughGuard, withinSpan } from '#network/around.ts';
import { createGuard } from '#network/guard.ts';
import { createConnections } from '#network/public-lookup.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { ConfigError } from './settings/config-error.ts';
import type { Config } from './settings/config.ts';
import type { TuIdentidad } from './tu-identidad.ts';

export interface ChooseAuthoritiesDeps {
  embedded: ConservationAuthority;
  tuIdentidad: readonly TuIdentidad[];
  tracer: Tracer;
  now: () => Date;
}

/**
 * The authority of each host, behind a guard of its own. Signings of a host that is not configured any more are conserved
 * by the embedded one.
 * @throws ConfigError where a host names one that is not there
 */
export const chooseAuthorities = (config: Config, deps: ChooseAuthoritiesDeps) => {
  const known = nameAuthorities(config, deps);
  const names = new Map(config.hosts.map((host) => [host.id, nameOf(host, known)]));
  const unknown = [...names.values()].filter((name) => !known.has(name));
  if (unknown.length) throw new ConfigError(`No such authority for conservation: ${unknown.join(', ')}`);
  return (hostId: string): ConservationAuthority => known.get(names.get(hostId) ?? 'embedded')!;
};

type Authorities = ReadonlyMap<string, ConservationAuthority>;

/** The authority that a host names, the one of its provider's name, or the embedded one. */
const nameOf = ({ conservation, provider }: Config['hosts'][number], known: Authorities): string =>
  conservation ?? (known.has(provider) ? provider : 'embedded');

/** All authorities, by the names that hosts may give. */
const nameAuthorities = ({ authorities, guard }: Config, deps: ChooseAuthoritiesDeps): Authorities => {
  const { embedded, tuIdentidad, tracer, now } = deps;
  const watch = (authority: ConservationAuthority, timeoutMs = guard.timeoutMs): ConservationAuthority => {
    const guarded = aroundAuthority(authority, throughGuard(createGuard({ ...guard, timeoutMs })));
    return aroundAuthority(guarded, withinSpan(tracer, 'conservation'));
  };
  const known = new Map([['embedded', watch(embedded)]]);
  for (const { allowPrivate, ...settings } of authorities) {
    const connections = createConnections(allowPrivate);
    const options = { ...settings, connections, timeoutMs: guard.timeoutMs, now };
    known.set(settings.name, watch(createRfc3161Conservation(options)));
  }
  for (const { provider, conservation, callMs } of tuIdentidad)
    if (conservation) known.set(provider.name, watch(conservation, callMs));
  return known;
};
