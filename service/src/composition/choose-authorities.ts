import { aroundAuthority, type ConservationAuthority } from '#conservation/authority.ts';
import { createRfc3161Conservation } from '#conservation/rfc3161.ts';
import { throughGuard, withinSpan } from '#network/around.ts';
import { createGuard, type GuardOptions } from '#network/guard.ts';
import { createConnections } from '#network/public-lookup.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { ConfigError } from './settings/config-error.ts';
import type { Config } from './settings/config.ts';
import type { TuIdentidad } from './tu-identidad.ts';

export interface ChooseAuthoritiesDeps {
  embedded: ConservationAuthority;
  tracer: Tracer;
  now: () => Date;
}

type Registered = Pick<Config, 'hosts' | 'authorities'>;

/** What finds the authority of a host, by what the hosts file says. @throws ConfigError where one is named that is not there */
export type ChooseAuthorities = (registered: Registered, tuIdentidad: readonly TuIdentidad[]) => AuthorityOf;
export type AuthorityOf = (hostId: string) => ConservationAuthority;

/**
 * The authority of each host, behind a guard of its own. Signings of a host that is not configured any more are conserved
 * by the embedded one. Where the hosts file is read anew, an authority that is the same keeps its guard.
 */
export const createChooseAuthorities = (guard: GuardOptions, deps: ChooseAuthoritiesDeps): ChooseAuthorities => {
  const watch = createWatch(guard, deps);
  return ({ hosts, authorities }, tuIdentidad) => {
    const known: Authorities = new Map([
      ['embedded', watch('embedded', () => deps.embedded)],
      ...authorities.map((settings) => [settings.name, watch(JSON.stringify(settings), () => open(settings))] as const),
      ...tuIdentidad.flatMap(({ provider, conservation, callMs }) =>
        conservation ? [[provider.name, watch(conservation, () => conservation, callMs)] as const] : [],
      ),
    ]);
    return findIn(hosts, known);
  };

  function open({ allowPrivate, ...settings }: Config['authorities'][number]): ConservationAuthority {
    const connections = createConnections(allowPrivate);
    return createRfc3161Conservation({ ...settings, connections, timeoutMs: guard.timeoutMs, now: deps.now });
  }
};

/** Remembers what it was given, by a key that changes with its settings. */
const createWatch = (guard: GuardOptions, { tracer }: ChooseAuthoritiesDeps) => {
  const watched = new Map<unknown, ConservationAuthority>();
  return (key: unknown, open: () => ConservationAuthority, timeoutMs = guard.timeoutMs): ConservationAuthority => {
    const wrap = (authority: ConservationAuthority) =>
      aroundAuthority(
        aroundAuthority(authority, throughGuard(createGuard({ ...guard, timeoutMs }))),
        withinSpan(tracer, 'conservation'),
      );
    const known = watched.get(key) ?? wrap(open());
    watched.set(key, known);
    return known;
  };
};

type Authorities = ReadonlyMap<string, ConservationAuthority>;

const findIn = (hosts: Config['hosts'], known: Authorities): AuthorityOf => {
  const names = new Map(hosts.map((host) => [host.id, nameOf(host, known)]));
  const unknown = [...names.values()].filter((name) => !known.has(name));
  if (unknown.length) throw new ConfigError(`No such authority for conservation: ${unknown.join(', ')}`);
  return (hostId) => known.get(names.get(hostId) ?? 'embedded')!;
};

/** The authority that a host names, the one of its provider's name, or the embedded one. */
const nameOf = ({ conservation, provider }: Config['hosts'][number], known: Authorities): string =>
  conservation ?? (known.has(provider) ? provider : 'embedded');
