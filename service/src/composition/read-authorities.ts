import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pinnedRoots, providerPolicies } from '#conservation/pinned-roots.ts';
import type { Rfc3161Options } from '#conservation/rfc3161.ts';
import type { AuthorityEntry } from '#hosts/authority.ts';

/** An authority that hosts may name, with its roots and credentials read. */
export type AuthoritySettings = Omit<Rfc3161Options, 'now' | 'timeoutMs'> & { name: string };

/** What entries of the hosts file refer to. */
export interface AuthoritySources {
  /** Path of the hosts file: files are named as seen from it. */
  hostsFile: string;
  environment: Record<string, string | undefined>;
  /** What is wrong is added to it; no secret is quoted. */
  faults: string[];
}

const second = 1_000;

/** Roots, secrets and defaults of each entry. */
export const readAuthorities = (entries: readonly AuthorityEntry[], sources: AuthoritySources): AuthoritySettings[] =>
  entries.map((entry) => {
    const { name, url, issuer = name, accredited, strict, driftSeconds, policies = providerPolicies } = entry;
    const roots = entry.roots?.flatMap((path) => readRoot(path, entry, sources)) ?? pinnedRoots;
    const authorization = toAuthorization(entry, readSecret(entry, sources));
    return { name, url, issuer, accredited, strict, driftMs: driftSeconds * second, policies, roots, authorization };
  });

const tell = ({ faults }: AuthoritySources, { name }: AuthorityEntry, what: string): void => {
  faults.push(`TU_ESIGN_HOSTS authorities ${name}: ${what}`);
};

/** None where it cannot be read: the service does not start then. */
const readText = (path: string, entry: AuthorityEntry, sources: AuthoritySources): string | undefined => {
  try {
    return readFileSync(resolve(dirname(sources.hostsFile), path), 'utf8');
  } catch {
    tell(sources, entry, `${path} cannot be read`);
    return undefined;
  }
};

const readRoot = (path: string, entry: AuthorityEntry, sources: AuthoritySources): string[] => {
  const pem = readText(path, entry, sources);
  if (pem === undefined) return [];
  try {
    return [new X509Certificate(pem).toString()];
  } catch {
    tell(sources, entry, `${path} is no certificate`);
    return [];
  }
};

const readSecret = (entry: AuthorityEntry, sources: AuthoritySources): string | undefined => {
  const { password, passwordFile, passwordVariable } = entry;
  if (passwordFile !== undefined) return readText(passwordFile, entry, sources)?.trim();
  if (passwordVariable === undefined) return password;
  const value = sources.environment[passwordVariable];
  if (!value) tell(sources, entry, `the variable ${passwordVariable} is not set`);
  return value;
};

/** By name and password (RFC 7617), or a bearer token (RFC 6750). */
const toAuthorization = ({ user }: AuthorityEntry, secret: string | undefined): string | undefined => {
  if (secret === undefined) return undefined;
  return user === undefined ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
};
