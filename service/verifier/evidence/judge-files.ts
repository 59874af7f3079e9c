import type { Evidence, EvidenceKind } from '@tu-esign/contract';
import { toHex } from '#bytes.ts';
import type { Cryptography } from '#ports/ports.ts';
import type { Fault } from './judge-evidence.ts';

/** The way to a digest in an entry's data, and what the file is. */
type Place = readonly [way: readonly string[], name: string];

const outputs: readonly Place[] = [
  [['document', 'digest'], 'signed document'],
  [['key-certificate', 'digest'], 'key certificate'],
  // As earlier releases spelled it.
  [['keyCertificate', 'digest'], 'key certificate'],
];

/**
 * Where entries of each kind name files, in this release and in earlier ones; no kind is left out, so that a new one does
 * not compile before somebody has thought of it. Of two names the one that is written later here is the closer.
 */
const places = {
  verified: [[['digest'], 'file that was judged']],
  'document-shown': [[['document'], 'document as it was shown']],
  'document-examined': [[['document'], 'agreement']],
  'token-accepted': [
    [['given'], 'document that was given to sign'],
    [['document'], 'agreement'],
  ],
  'autograph-received': [
    [['pngDigest'], 'autograph as it was drawn'],
    [['placedDigest'], 'autograph as it was placed'],
    [['strokesDigest'], 'strokes'],
    [['makingDigest'], 'how the autograph was made'],
    [['initials', 'pngDigest'], 'initials as they were drawn'],
    [['initials', 'placedDigest'], 'initials as they were placed'],
    [['initials', 'strokesDigest'], 'strokes of the initials'],
    [['initials', 'makingDigest'], 'how the initials were made'],
  ],
  signed: outputs,
  resolved: outputs,
  'key-certified': [[['digest'], 'key certificate']],
  conserved: [[['digest'], 'conservation certificate']],
  renewed: [
    [['previous', 'digest'], 'signed document before it was time-stamped anew'],
    [['document', 'digest'], 'signed document, time-stamped anew'],
  ],
  'pages-viewed': [],
  'consent-given': [],
  'host-consents-answered': [],
  withdrawn: [],
  declined: [],
  'received-from': [],
  submitted: [],
  taken: [],
  'not-signed': [],
  'review-needed': [],
  'output-failed': [],
  completed: [],
  failed: [],
  notified: [],
  downloaded: [],
} as const satisfies Record<EvidenceKind, readonly Place[]>;

const inOrder: readonly (readonly [string, readonly Place[]])[] = Object.entries(places);

const valueAt = (data: unknown, way: readonly string[]): unknown =>
  way.reduce((value: unknown, name) => (value as Record<string, unknown> | undefined)?.[name], data);

/** What the evidence says that a file is, by its digest. */
const readNames = ({ entries }: Evidence): Map<unknown, string> =>
  new Map(
    inOrder.flatMap(([kind, ways]) =>
      entries
        .filter((entry) => entry.kind === kind)
        .flatMap(({ data }) => ways.map(([way, name]) => [valueAt(data, way), name] as const)),
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
