import { SetupError } from '#setup-error.ts';
import { ConfigError } from './settings/config-error.ts';

type Environment = Record<string, string | undefined>;

/** What errors of the operating system, of PostgreSQL and of its client have beside their message. */
interface Facts {
  code?: string;
  /** SQLite's result code. */
  errcode?: number;
  syscall?: string;
  path?: string;
  address?: string;
  port?: number;
}

/**
 * What an operator is to set right before the service can start; undefined for what is a bug. Neither passwords nor
 * addresses of the database are told: they stay in the environment.
 */
export const sayWhatToDo = (error: unknown, environment: Environment): string | undefined => {
  if (error instanceof ConfigError || error instanceof SetupError) return error.message;
  const causes = listCauses(error);
  for (const facts of causes) {
    const said = ofListening(facts) ?? ofFiles(facts) ?? (environment['TU_ESIGN_DATABASE_URL'] && ofDatabase(facts));
    if (said) return said;
  }
  return undefined;
};

/** An error, what caused it, and of several at once all. */
const listCauses = (error: unknown): Facts[] => {
  if (!(error instanceof Error)) return [];
  const inner: unknown[] = error instanceof AggregateError ? error.errors : [];
  return [error as Facts, ...[...inner, error.cause].flatMap(listCauses)];
};

const ofListening = ({ code = '', syscall, address, port }: Facts): string | undefined => {
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return undefined;
  return {
    EADDRINUSE: `port ${port} at ${address} is taken: stop what listens there, or set TU_ESIGN_PORT (the operator’s: TU_ESIGN_OPERATOR_ADDRESS) to another`,
    EACCES: `the service’s user may not listen on port ${port}: set TU_ESIGN_PORT to one above 1023`,
    EADDRNOTAVAIL: `this machine has no address ${address}: set TU_ESIGN_ADDRESS to one of its own`,
    ENOTFOUND: 'TU_ESIGN_ADDRESS is no address of this machine',
  }[code];
};

const ofFiles = ({ code = '', errcode, path }: Facts): string | undefined => {
  // SQLITE_FULL.
  if (code === 'ENOSPC' || code === 'EDQUOT' || errcode === 13) return full(path);
  if (path === undefined) return undefined;
  return {
    EACCES: `${path} may not be read or written by the service’s user: give it the right to`,
    EPERM: `${path} may not be read or written by the service’s user: give it the right to`,
    EROFS: `${path} lies on a disk that is mounted read-only`,
    ENOTDIR: `${path} is not in a folder: set TU_ESIGN_DATA to a folder`,
    EEXIST: `${path} is not a folder: set TU_ESIGN_DATA to a folder`,
    EIO: `${path} cannot be read or written: its disk fails`,
  }[code];
};

const full = (path: string | undefined): string =>
  `the disk is full${path ? ` (${path})` : ''}: make room, and start again; nothing that was accepted is lost`;

const ofDatabase = ({ code = '' }: Facts): string | undefined => {
  const known: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there: start it, or set the address right',
    ENOTFOUND: 'its name is not known: set the address right',
    EAI_AGAIN: 'its name cannot be looked up now',
    ETIMEDOUT: 'it does not answer',
    EHOSTUNREACH: 'it cannot be reached',
    '28P01': 'it refuses user or password',
    '28000': 'it refuses this user',
    '3D000': 'it has no database of this name: create it',
    '42501': 'the user lacks a right: it has to create schemas and tables',
    '53300': 'it has no connection left',
    '57P03': 'it is starting or stopping',
  };
  return known[code] && `PostgreSQL (TU_ESIGN_DATABASE_URL): ${known[code]}`;
};
