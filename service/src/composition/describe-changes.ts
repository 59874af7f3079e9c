import type { Config } from './settings/config.ts';
import { Settings, variableOf, type SettingName } from './settings/settings.ts';

type Named = Record<string, unknown>;

/** What differs between two lists of entries, one sentence each; no value is told, since many are secret. */
interface Lists {
  what: string;
  before: readonly Named[];
  after: readonly Named[];
  key: 'id' | 'name';
  gone: string;
}

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

const changedMembers = (one: Named, other: Named): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((member) => differs(one[member], other[member]));

const compare = ({ what, before, after, key, gone }: Lists): string[] => {
  const known = new Map(before.map((entry) => [entry[key], entry]));
  const kept = new Set(after.map((entry) => entry[key]));
  const isNew = (entry: Named) => !known.has(entry[key]);
  const changed = after.flatMap((entry) => {
    const members = isNew(entry) ? [] : changedMembers(known.get(entry[key])!, entry);
    return members.length > 0 ? [`${what} ${String(entry[key])} changes: ${members.join(', ')}`] : [];
  });
  return [
    ...after.filter(isNew).map((entry) => `${what} ${String(entry[key])} is new`),
    ...changed,
    ...before.filter((entry) => !kept.has(entry[key])).map((entry) => `${what} ${String(entry[key])} goes: ${gone}`),
  ];
};

const unfinished = 'its tokens are refused from then on, and what of it is not signed yet waits';

/** What the hosts file changes at once. */
const compareFiles = (before: Config, after: Config): string[] => [
  ...compare({ what: 'host', before: before.hosts, after: after.hosts, key: 'id', gone: unfinished }),
  ...compare({
    what: 'provider',
    before: before.providers.map((entry) => ({ ...entry })),
    after: after.providers.map((entry) => ({ ...entry })),
    key: 'name',
    gone: 'no host names it',
  }),
  ...compare({
    what: 'authority',
    before: before.authorities.map((entry) => ({ ...entry })),
    after: after.authorities.map((entry) => ({ ...entry })),
    key: 'name',
    gone: 'no host names it',
  }),
];

const compareTimeStamps = (before: Config, after: Config): string[] =>
  differs(before.timeStamps, after.timeStamps) ? ['timeStamps changes: whose time-stamps signatures have'] : [];

const isSetting = (name: string): name is SettingName => name in Settings.shape;

/** What counts after a restart alone. */
const compareSettings = (before: Named, after: Named): string[] =>
  Object.keys(after)
    .filter((name) => isSetting(name) && differs(before[name], after[name]))
    .map((name) => `${variableOf(name as SettingName)} has changed: it counts after a restart`);

/** What a configuration that was read anew changes, one sentence each. */
export const describeChanges = (before: Config, after: Config): string[] => [
  ...compareFiles(before, after),
  ...compareTimeStamps(before, after),
  ...compareSettings(before, after),
];
