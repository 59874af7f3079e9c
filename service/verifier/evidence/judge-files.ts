import type { Evidence } from '@tu-esign/contract';
import { toHex } from '#bytes.ts';
import type { Cryptography } from '#ports/ports.ts';
import type { Fault } from './judge-evidence.ts';

/** Where evidence names a file by its digest: the entry's kind, the way to the digest, and what the file is. */
const places: readonly [string, readonly string[], string][] = [
  ['token-accepted', ['document'], 'agreement'],
  ['autograph-received', ['pngDigest'], 'autograph as it was drawn'],
  ['autograph-received', ['placedDigest'], 'autograph as it was placed'],
  ['autograph-received', ['strokesDigest'], 'strokes'],
  ['autograph-received', ['makingDigest'], 'how the autograph was made'],
  ['signed', ['document', 'digest'], 'signed document'],
  ['signed', ['keyCertificate', 'digest'], 'key certificate'],
  ['resolved', ['document', 'digest'], 'signed document'],
  ['resolved', ['keyCertificate', 'digest'], 'key certificate'],
  ['conserved', ['digest'], 'conservation certificate'],
];

const valueAt = (data: unknown, way: readonly string[]): unknown =>
  way.reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], data);

/** What the evidence says that a file is, by its digest. */
const readNames = ({ entries }: Evidence): Map<unknown, string> =>
  new Map(
    entries.flatMap(({ kind, data }) =>
      places.filter(([of]) => of === kind).map(([, way, name]) => [valueAt(data, way), name] as const),
    ),
  );

export interface GivenFile {
  path: string;
  content: Uint8Array;
}

/** A file and what the evidence names it; undefined where it does not. */
export interface JudgedFile {
  path: string;
  digest: string;
  name: string | undefined;
}

/** Compares SHA-256 of files with what the evidence names. */
export const judgeFiles = (evidence: Evidence, files: readonly GivenFile[], ports: Cryptography): JudgedFile[] => {
  const names = readNames(evidence);
  return files.map(({ path, content }) => {
    const digest = toHex(ports.digest('sha256', content));
    return { path, digest, name: names.get(digest) };
  });
};

export const toFaults = (files: readonly JudgedFile[]): Fault[] =>
  files
    .filter(({ name }) => name === undefined)
    .map(({ path }) => ({ what: 'file', detail: `${path} is not a file that the evidence names` }));
