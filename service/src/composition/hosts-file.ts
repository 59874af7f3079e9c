import { readFileSync } from 'node:fs';
import { Hosts, type Host } from '#hosts/host.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';
import type { EntrySources } from './entry-reader.ts';
import { readAuthorities, type AuthoritySettings } from './read-authorities.ts';
import { readProviders } from './read-providers.ts';

/** What the hosts file registers, with the files and variables that it names read. */
export interface HostsFile {
  hosts: Host[];
  /** Providers that sign, besides the embedded one. */
  providers: TuIdentidadSettings[];
  /** Authorities that conserve, besides the embedded one. */
  authorities: AuthoritySettings[];
}

/** Undefined where the file itself is wrong. All faults are added to the list, and none quotes a secret. */
export const readHostsFile = (sources: EntrySources): HostsFile | undefined => {
  const { hostsFile, faults } = sources;
  if (hostsFile === '') return undefined;
  const { data, error } = Hosts.safeParse(readJson(hostsFile));
  if (error) {
    const told = error.issues.map(
      ({ path, message }) => `${path.join('.') || '(file cannot be read as JSON)'}: ${message}`,
    );
    faults.push(...told.map((fault) => `TU_ESIGN_HOSTS ${fault}`));
    return undefined;
  }
  return {
    hosts: data.hosts,
    providers: readProviders(data.providers, sources),
    authorities: readAuthorities(data.authorities, sources),
  };
};

const readJson = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};
