import { pinnedRoots } from '@tu-esign/verifier/certificates/pinned-roots.ts';
import { providerPolicies } from '@tu-esign/verifier/certificates/policies.ts';
import type { Rfc3161Options } from '#conservation/rfc3161.ts';
import type { AuthorityEntry } from '#hosts/authority-entry.ts';
import { createEntryReader, type EntryReader, type EntrySources } from './entry-reader.ts';

/** An authority that hosts may name, with its roots and credentials read. */
export type AuthoritySettings = Omit<Rfc3161Options, 'now' | 'timeoutMs' | 'connections'> & {
  name: string;
  allowPrivate: boolean;
};

const second = 1_000;

/** Roots, secrets and defaults of each entry. */
export const readAuthorities = (entries: readonly AuthorityEntry[], sources: EntrySources): AuthoritySettings[] =>
  entries.map((entry) => {
    const {
      name,
      url,
      issuer = name,
      accredited,
      strict,
      driftSeconds,
      policies = providerPolicies,
      allowPrivate,
    } = entry;
    const reader = createEntryReader(sources, `authorities ${name}`);
    const roots = entry.roots ? reader.readCertificates(entry.roots) : pinnedRoots;
    const authorization = toAuthorization(entry, readSecret(entry, reader));
    const known = { name, url, issuer, accredited, strict, allowPrivate, policies, roots, authorization };
    return { ...known, driftMs: driftSeconds * second };
  });

const readSecret = (entry: AuthorityEntry, { readText, readVariable, report }: EntryReader): string | undefined => {
  const { password, passwordFile, passwordVariable } = entry;
  if (passwordFile !== undefined) {
    const secret = readText(passwordFile);
    if (secret === undefined) report(`${passwordFile} cannot be read`);
    return secret?.trim();
  }
  if (passwordVariable === undefined) return password;
  const value = readVariable(passwordVariable);
  if (!value) report(`the variable ${passwordVariable} is not set`);
  return value;
};

/** By name and password (RFC 7617), or a bearer token (RFC 6750). */
const toAuthorization = ({ user }: AuthorityEntry, secret: string | undefined): string | undefined => {
  if (secret === undefined) return undefined;
  return user === undefined ? `Bearer ${secret}` : `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
};
