import { createEntryReader, type EntryReader, type EntrySources } from './entry-reader.ts';

type Entry = Record<string, unknown>;

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was written, with the secrets that it names by file or variable in their places. The schema judges all the rest. */
export const readSecrets = (written: unknown, sources: EntrySources): unknown => {
  if (!isEntry(written) || !Array.isArray(written['hosts'])) return written;
  return { ...written, hosts: written['hosts'].map((host) => (isEntry(host) ? readHost(host, sources) : host)) };
};

const readHost = (host: Entry, sources: EntrySources): Entry => {
  const { verification, webhook, id } = host;
  const reader = createEntryReader(sources, `hosts ${typeof id === 'string' ? id : '(without id)'}`);
  return {
    ...host,
    ...(isEntry(verification) && { verification: readVerification(verification, reader) }),
    ...(isEntry(webhook) && { webhook: readWebhook(webhook, reader) }),
  };
};

const readVerification = (verification: Entry, reader: EntryReader): Entry => {
  const { secretFile, secretVariable, ...rest } = verification;
  const secret = readNamed({ file: secretFile, variable: secretVariable }, reader);
  // Two sources of one secret are a fault that the schema tells: it knows neither of the two names.
  if (secret === undefined || 'secret' in rest) return verification;
  return { ...rest, secret };
};

const readWebhook = (webhook: Entry, reader: EntryReader): Entry => {
  const { secrets } = webhook;
  if (!Array.isArray(secrets)) return webhook;
  return { ...webhook, secrets: secrets.map((one) => (isEntry(one) ? (readNamed(one, reader) ?? '') : one)) };
};

/** A secret by its file or variable; undefined where neither is named, and empty where what is named holds none. */
const readNamed = ({ file, variable }: Entry, reader: EntryReader): string | undefined => {
  if (typeof file === 'string') return readFile(file, reader);
  if (typeof variable === 'string') return readVariable(variable, reader);
  return undefined;
};

const readFile = (path: string, { readText, report }: EntryReader): string => {
  const text = readText(path);
  if (text === undefined) report(`${path} cannot be read`);
  return text?.trim() ?? '';
};

const readVariable = (name: string, { readVariable: read, report }: EntryReader): string => {
  const value = read(name);
  if (!value) report(`the variable ${name} is not set`);
  return value ?? '';
};

/** Variables that the file names, wherever it does. */
export const namedVariables = (written: unknown): string[] => {
  if (Array.isArray(written)) return written.flatMap(namedVariables);
  if (!isEntry(written)) return [];
  return Object.entries(written).flatMap(([key, value]) =>
    typeof value === 'string' ? (/^variable$|Variable$/.test(key) ? [value] : []) : namedVariables(value),
  );
};
