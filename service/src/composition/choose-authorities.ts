import { aroundAuthority, type ConservationAuthority } from '#conservation/authority.ts';
import { createRfc3161Conservation } from '#conservation/rfc3161.ts';
import { ConfigError, type Config } from './config.ts';
import { throughGuard, withinSpan } from '#network/around.ts';
import { createGuard } from '#network/guard.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import type { TuIdentidadNeighbour } from './tu-identidad-neighbour.ts';

export interface AuthorityNeighbours {
  /** Authorities besides those of the hosts file, by the names that hosts may give. */
  others: ReadonlyMap<string, ConservationAuthority>;
  /** Those that take a time of their own. */
  tuIdentidad: readonly TuIdentidadNeighbour[];
  tracer: Tracer;
  now: () => Date;
}

/** The authority that a host names, the one of its provider's name, or the embedded one. */
const nameOf = ({ conservation, provider }: Config['hosts'][number], known: ReadonlyMap<string, unknown>): string =>
  conservation ?? (known.has(provider) ? provider : 'embedded');

/**
 * The authority of each host, behind a guard of its own. A host that is not configured any more keeps the embedded one.
 * @throws ConfigError where a host names one that is not there
 */
export const chooseAuthorities = (config: Config, neighbours: AuthorityNeighbours) => {
  const { others, tuIdentidad, tracer, now } = neighbours;
  const { hosts, authorities, guard } = config;
  const remote = authorities.map((settings): [string, ConservationAuthority] => [
    settings.name,
    createRfc3161Conservation({ ...settings, timeoutMs: guard.timeoutMs, now }),
  ]);
  const watch = (authority: ConservationAuthority, timeoutMs = guard.timeoutMs) => {
    const guarded = aroundAuthority(authority, throughGuard(createGuard({ ...guard, timeoutMs })));
    return aroundAuthority(guarded, withinSpan(tracer, 'conservation'));
  };
  const known = new Map([...others, ...remote].map(([name, authority]) => [name, watch(authority)]));
  for (const { provider, conservation, callMs } of tuIdentidad)
    if (conservation) known.set(provider.name, watch(conservation, callMs));
  const names = new Map(hosts.map((host) => [host.id, nameOf(host, known)]));
  const unknown = [...names.values()].filter((name) => !known.has(name));
  if (unknown.length) throw new ConfigError(`No such authority for conservation: ${unknown.join(', ')}`);
  return (hostId: string): ConservationAuthority => known.get(names.get(hostId) ?? 'embedded')!;
};
