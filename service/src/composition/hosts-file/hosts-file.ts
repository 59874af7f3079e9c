import type { z } from 'zod';
import { Hosts, type Host } from '#hosts/host.ts';
import { hostsJsonSchema } from '#hosts/json-schema.ts';
import { nearest } from '#hosts/nearest.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import type { EntrySources } from './entry-reader.ts';
import { readAuthorities, type AuthoritySettings } from './read-authorities.ts';
import { readJson } from './read-json.ts';
import { readProviders } from './read-providers.ts';
import { namedVariables, readSecrets } from './read-secrets.ts';

/** What the hosts file registers, with the files and variables that it names read. */
interface HostsFile {
  hosts: Host[];
  /** Providers that sign, besides the embedded one. */
  providers: TuIdentidadSettings[];
  /** Authorities that conserve, besides the embedded one. */
  authorities: AuthoritySettings[];
  /** Whose time-stamps the embedded provider's signatures have, where they are others'. */
  timeStamps: z.infer<typeof Hosts>['timeStamps'];
}

/** The same, with the names of the variables that the file names. */
export type ReadHostsFile = HostsFile & { variables: ReadonlySet<string> };

/** Undefined where the file itself is wrong. All faults are added to the list, and none quotes a secret. */
export const readHostsFile = (sources: EntrySources): ReadHostsFile | undefined => {
  const { hostsFile, faults } = sources;
  if (hostsFile === '') return undefined;
  const known = faults.length;
  const written = readJson(
    hostsFile,
    (fault) => void faults.push(`TU_ESIGN_HOSTS (file cannot be read as JSON): ${fault}`),
  );
  if (written === undefined) return undefined;
  const { data, error } = Hosts.safeParse(readSecrets(written, sources));
  if (error) {
    // A secret that could not be read is told once, and not as one that is too short.
    if (faults.length === known)
      faults.push(...error.issues.flatMap(toFaults).map((fault) => `TU_ESIGN_HOSTS ${describe(fault, written)}`));
    return undefined;
  }
  return {
    hosts: data.hosts,
    providers: readProviders(data.providers, sources),
    authorities: readAuthorities(data.authorities, sources),
    timeStamps: data.timeStamps,
    variables: new Set(namedVariables(written)),
  };
};

type Fault = Pick<z.core.$ZodIssue, 'path' | 'message'>;

/** Every name that the file may have somewhere. */
const namesIn = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(namesIn)];
};

/** A member that is not known, each by itself, with the one that was meant. */
const toFaults = (issue: z.core.$ZodIssue): Fault[] => {
  if (issue.code !== 'unrecognized_keys') return [issue];
  const known = namesIn(hostsJsonSchema());
  return issue.keys.map((key) => {
    // What is known elsewhere in the file is none here.
    const others = known.filter((name) => name !== key);
    const meant = nearest(key, others);
    const message = meant ? `there is no such member: did you mean ${meant}?` : 'there is no such member';
    return { path: [...issue.path, key], message };
  });
};

/** Where it is, and of which entry by its own name: nobody counts hosts from nought. */
const describe = ({ path, message }: Fault, written: unknown): string => {
  const [list = '', index = ''] = path;
  const entry = Object(Object(Object(written)[list])[index]) as { id?: unknown; name?: unknown };
  const name = entry.id ?? entry.name;
  return `${path.join('.') || '(the whole file)'}: ${message}${typeof name === 'string' ? ` (of ${name})` : ''}`;
};
