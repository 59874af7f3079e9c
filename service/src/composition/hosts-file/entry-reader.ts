import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What entries of the hosts file refer to. */
export interface EntrySources {
  /** Path of the hosts file: files are named as seen from it. */
  hostsFile: string;
  environment: Record<string, string | undefined>;
  /** What is wrong is added to it; no secret is quoted. */
  faults: string[];
}

/** Reads what one entry names, and reports what is wrong with it. */
export interface EntryReader {
  readonly report: (fault: string) => void;
  /** Undefined where it cannot be read. */
  readonly readText: (path: string) => string | undefined;
  readonly readVariable: (name: string) => string | undefined;
  /** PEM of the certificates that can be read; each of the others is reported. */
  readonly readCertificates: (paths: readonly string[]) => string[];
}

/** @param entry as it is named in faults: its list in the hosts file, and its name */
export const createEntryReader = ({ hostsFile, environment, faults }: EntrySources, entry: string): EntryReader => {
  const report = (fault: string): void => void faults.push(`TU_ESIGN_HOSTS ${entry}: ${fault}`);

  const readText = (path: string): string | undefined => {
    try {
      return readFileSync(resolve(dirname(hostsFile), path), 'utf8');
    } catch {
      return undefined;
    }
  };

  const readCertificate = (path: string): string[] => {
    const pem = readText(path);
    if (pem === undefined) report(`${path} cannot be read`);
    try {
      return pem === undefined ? [] : [new X509Certificate(pem).toString()];
    } catch {
      report(`${path} is no certificate`);
      return [];
    }
  };

  return {
    report,
    readText,
    readVariable: (name) => environment[name],
    readCertificates: (paths) => paths.flatMap(readCertificate),
  };
};
