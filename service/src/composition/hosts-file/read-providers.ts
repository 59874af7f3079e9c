import type { TuIdentidadEntry, TuIdentidadSettings } from '#tu-identidad/settings.ts';
import { createEntryReader, type EntryReader, type EntrySources } from './entry-reader.ts';

/** The key and the further roots of each entry. */
export const readProviders = (entries: readonly TuIdentidadEntry[], sources: EntrySources): TuIdentidadSettings[] => {
  const readers = entries.map(({ name }) => createEntryReader(sources, `providers ${name}`));
  const settings = entries.map((entry, index) => readProvider(entry, readers[index]!));
  for (const [index, other] of settings.entries())
    for (const one of settings.slice(0, index))
      if (shareIdentifiers(one, other))
        readers[index]!.report(
          `identifiers may be those of ${one.name}: no identifierPrefix may begin with the other's`,
        );
  return settings;
};

const readProvider = (entry: TuIdentidadEntry, reader: EntryReader): TuIdentidadSettings => {
  const { apiKey: _own, apiKeyFile: _file, apiKeyVariable: _variable, ...settings } = entry;
  const conservationRoots = reader.readCertificates(entry.conservationRoots);
  return { ...settings, conservationRoots, apiKey: readKey(entry, reader) };
};

/** Two entries of one company, where what one host calls a process another may call one of its own. */
const shareIdentifiers = (one: TuIdentidadSettings, other: TuIdentidadSettings): boolean => {
  const [a, b] = [one.identifierPrefix, other.identifierPrefix];
  return one.url === other.url && one.apiKey === other.apiKey && (a.startsWith(b) || b.startsWith(a));
};

/** Without a line feed that ends a file; a header holds visible ASCII alone. A key that will not do is never quoted. */
const readKey = (entry: TuIdentidadEntry, { readText, readVariable, report }: EntryReader): string => {
  const { apiKey, apiKeyFile, apiKeyVariable } = entry;
  const found = apiKey ?? (apiKeyFile ? readText(apiKeyFile) : readVariable(apiKeyVariable!));
  const key = found?.trim() ?? '';
  if (!/^[\x21-\x7e]+$/.test(key)) {
    const source = apiKeyFile ?? (apiKeyVariable && `the variable ${apiKeyVariable}`) ?? 'apiKey';
    report(`${source} holds no API key`);
  }
  return key;
};
