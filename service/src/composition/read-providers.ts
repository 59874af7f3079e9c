import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { AuthoritySources } from './read-authorities.ts';
import type { TuIdentidadEntry, TuIdentidadSettings } from '#tu-identidad/settings.ts';

/** The key and the further roots of each entry. */
export const readProviders = (
  entries: readonly TuIdentidadEntry[],
  sources: AuthoritySources,
): TuIdentidadSettings[] => {
  const settings = entries.map((entry) => readProvider(entry, sources));
  for (const [index, one] of settings.entries())
    for (const other of settings.slice(index + 1))
      if (shareIdentifiers(one, other))
        tell(sources, other, `identifiers may be those of ${one.name}: no identifierPrefix may begin with the other's`);
  return settings;
};

const readProvider = (entry: TuIdentidadEntry, sources: AuthoritySources): TuIdentidadSettings => {
  const { apiKey: _own, apiKeyFile: _file, apiKeyVariable: _variable, ...settings } = entry;
  const conservationRoots = entry.conservationRoots.flatMap((path) => readRoot(path, entry, sources));
  return { ...settings, conservationRoots, apiKey: readKey(entry, sources) };
};

/** Two entries of one company, where what one host calls a process another may call one of its own. */
const shareIdentifiers = (one: TuIdentidadSettings, other: TuIdentidadSettings): boolean => {
  const [a, b] = [one.identifierPrefix, other.identifierPrefix];
  return one.url === other.url && one.apiKey === other.apiKey && (a.startsWith(b) || b.startsWith(a));
};

const tell = ({ faults }: AuthoritySources, { name }: { name: string }, what: string): void => {
  faults.push(`TU_ESIGN_HOSTS providers ${name}: ${what}`);
};

const readText = (path: string, { hostsFile }: AuthoritySources): string | undefined => {
  try {
    return readFileSync(resolve(dirname(hostsFile), path), 'utf8');
  } catch {
    return undefined;
  }
};

const readRoot = (path: string, entry: TuIdentidadEntry, sources: AuthoritySources): string[] => {
  try {
    return [new X509Certificate(readText(path, sources) ?? '').toString()];
  } catch {
    tell(sources, entry, `${path} is no certificate, or cannot be read`);
    return [];
  }
};

/** A line feed at the end of a file is nobody's, and a header holds visible ASCII alone. The key is never quoted. */
const readKey = (entry: TuIdentidadEntry, sources: AuthoritySources): string => {
  const { apiKey, apiKeyFile, apiKeyVariable } = entry;
  const found = apiKey ?? (apiKeyFile ? readText(apiKeyFile, sources) : sources.environment[apiKeyVariable!]);
  const key = found?.trim() ?? '';
  if (!/^[\x21-\x7e]+$/.test(key)) {
    const source = apiKeyFile ?? (apiKeyVariable && `the variable ${apiKeyVariable}`) ?? 'apiKey';
    tell(sources, entry, `${source} holds no API key`);
  }
  return key;
};
