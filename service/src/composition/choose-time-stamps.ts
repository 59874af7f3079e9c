import type { Stamps } from '#authority/stamps.ts';
import { aroundAuthority } from '#conservation/authority.ts';
import { createFetchLists } from '#conservation/fetch-lists.ts';
import { createRfc3161Conservation } from '#conservation/rfc3161.ts';
import { createTimeStamps, type StampingAuthority } from '#conservation/time-stamps.ts';
import { throughGuard, withinSpan } from '#network/around.ts';
import { createGuard, type GuardOptions } from '#network/guard.ts';
import { createConnections } from '#network/public-lookup.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import type { Config } from './settings/config.ts';

export interface ChooseTimeStampsDeps {
  tracer: Tracer;
  now: () => Date;
}

type Settings = Config['authorities'][number];

/**
 * Whose time-stamps signatures have: undefined where they are the embedded authority's. Each authority is behind a guard of
 * its own, which an authority that is the same keeps where the hosts file is read anew.
 */
export const createChooseTimeStamps = (guard: GuardOptions, { tracer, now }: ChooseTimeStampsDeps) => {
  const known = new Map<string, StampingAuthority>();
  const open = ({ allowPrivate, ...settings }: Settings): StampingAuthority => {
    const connections = createConnections(allowPrivate);
    const { timeoutMs } = guard;
    const plain = createRfc3161Conservation({ ...settings, connections, timeoutMs, now });
    const guarded = aroundAuthority(plain, throughGuard(createGuard(guard)));
    return {
      authority: aroundAuthority(guarded, withinSpan(tracer, 'time-stamp')),
      roots: settings.roots,
      fetchLists: createFetchLists({ connections, allowPrivate, timeoutMs, now }),
    };
  };
  const choose = (settings: Settings): StampingAuthority => {
    const key = JSON.stringify(settings);
    const one = known.get(key) ?? open(settings);
    known.set(key, one);
    return one;
  };
  return ({ authorities, timeStamps }: Pick<Config, 'authorities' | 'timeStamps'>): Stamps | undefined => {
    if (!timeStamps) return undefined;
    const named = timeStamps.authorities.map((name) => authorities.find((one) => one.name === name)!);
    return createTimeStamps({ authorities: named.map(choose), whenAway: timeStamps.whenAway });
  };
};
