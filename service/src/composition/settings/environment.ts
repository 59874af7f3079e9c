import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readJson } from '#composition/hosts-file/read-json.ts';
import { nearest } from '#hosts/nearest.ts';
import { configError } from './config-error.ts';
import { pathVariables, secretVariables, settingVariables } from './settings.ts';

/** Variables that name a file with one secret. */
const fileVariables = secretVariables.map((name) => `${name}_FILE`);

/** Variables by their names, as the operating system has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentSources {
  environment: Environment;
  /** A file of settings by the same names; what the environment sets counts more. */
  file?: string | undefined;
}

/**
 * Settings as they were given: by the environment, by files with one secret each (`…_FILE`), and by a file of settings.
 * @throws ConfigError naming all that is wrong with the files
 */
export const readEnvironment = ({ environment, file }: EnvironmentSources): Environment => {
  const faults: string[] = [];
  const settings = file === undefined ? {} : readSettingsFile(file, faults);
  const given = { ...settings, ...withoutUndefined(environment) };
  const all = { ...given, ...readSecrets(given, faults) };
  if (faults.length > 0) throw configError(faults);
  return all;
};

const withoutUndefined = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));

/** A secret may be in a file of its own, where containers and systemd put it. */
const readSecrets = (given: Environment, faults: string[]): Environment => {
  const named = secretVariables.filter((name) => given[`${name}_FILE`]);
  const read = named.map((name) => [name, readSecret(name, given, faults)]);
  return Object.fromEntries(read) as Environment;
};

const readSecret = (name: string, given: Environment, faults: string[]): string | undefined => {
  const path = given[`${name}_FILE`]!;
  if (given[name] !== undefined) faults.push(`${name} and ${name}_FILE are both set: one is enough`);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    faults.push(`${name}_FILE: ${path} cannot be read`);
    return undefined;
  }
};

const readSettingsFile = (file: string, faults: string[]): Environment => {
  const entries = Object.entries(readObject(file, faults)).filter(([name]) => name !== '$schema');
  faults.push(...entries.flatMap(([name, value]) => faultOf(name, value)).map((fault) => `${file}: ${fault}`));
  const paths = new Set([...pathVariables, ...fileVariables]);
  // A path is meant as seen from the file that says it, wherever the command is called.
  const toText = (name: string, value: unknown): string =>
    paths.has(name) && value !== '' ? resolve(dirname(file), String(value)) : String(value);
  return Object.fromEntries(entries.map(([name, value]) => [name, toText(name, value)]));
};

const readObject = (file: string, faults: string[]): object => {
  const read = readJson(file, (fault) => void faults.push(`the settings cannot be read as JSON: ${fault}`));
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return read;
  if (read !== undefined) faults.push(`${file}: is not a JSON object of settings by their names`);
  return {};
};

const faultOf = (name: string, value: unknown): string[] => {
  const known = [...settingVariables, ...fileVariables];
  if (!known.includes(name)) return [sayUnknown(name, known)];
  return ['string', 'number', 'boolean'].includes(typeof value) ? [] : [`${name} is a text or a number`];
};

const sayUnknown = (name: string, known: readonly string[]): string => {
  const meant = nearest(name, known);
  return `there is no setting ${name}${meant ? `: did you mean ${meant}?` : ''}`;
};

/** What Kubernetes and older Docker put into every container beside a service of that name; and the project's own tests. */
const others = /^TU_ESIGN_(?:TEST_|.*SERVICE_(?:HOST|PORT)|.*PORT_\d+_(?:TCP|UDP))/;

/** Variables that look like the service's own and are not: most likely one is mistyped, and would be passed over. */
export const findUnknown = (environment: Environment, alsoKnown: ReadonlySet<string>): string[] => {
  const known = [...settingVariables, ...fileVariables];
  const isUnknown = (name: string) =>
    name.startsWith('TU_ESIGN_') && !known.includes(name) && !alsoKnown.has(name) && !others.test(name);
  return Object.keys(environment)
    .filter(isUnknown)
    .map((name) => sayUnknown(name, known));
};
