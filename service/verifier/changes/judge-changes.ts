import { readSignatureFields } from '#pdf/form.ts';
import { isFieldLocked, readPermissions, type Permissions } from '#pdf/permissions.ts';
import { openPdf, type PdfFile } from '#pdf/pdf-file.ts';
import type { Inflater } from '#ports/ports.ts';
import type { DocumentChange, ExplainedChange, UnexplainedChange } from './change.ts';
import { readPlaceName } from './place-names.ts';
import { createExplainer, type Allowance, type Explanation } from './explain-revision.ts';
import { readSteps } from './revision/revisions.ts';

/** More of them say nothing more. */
const mostTold = 100;

/** The changes that were made, and whether all of them are allowed. */
export interface JudgedChanges {
  allowed: boolean;
  changes: DocumentChange[];
}

const levels = { preserve: 0, sign: 2, fill: 2, annotate: 3 } as const;

/** Without a word on it, filling in and signing are allowed, annotations are not. */
const levelOf = ({ level }: Permissions): number => level ?? 2;

/** Why a signature does not let this happen, if so. */
const forbidden = (change: ExplainedChange, permissions: Permissions): string | undefined => {
  const { level, field, newAndVisible } = change;
  if (levels[level] > levelOf(permissions) && level !== 'preserve') return 'the signature does not allow it';
  if (newAndVisible && permissions.level !== undefined) return 'a certified document gets no new field that is seen';
  const isHeld = level !== 'preserve' && change.kind !== 'field-locked';
  return field !== undefined && isHeld && isFieldLocked(permissions, field)
    ? 'the signature locks this field'
    : undefined;
};

const judgeExplained = (change: ExplainedChange, permissions: Permissions, revision: number): DocumentChange => {
  const { kind, object, path, field } = change;
  const reason = forbidden(change, permissions);
  const detail = reason ?? change.detail;
  return {
    kind,
    allowed: reason === undefined,
    object,
    path,
    revision,
    ...(field !== undefined && { field }),
    ...(detail && { detail }),
  };
};

const unexplainedChange = (change: UnexplainedChange, revision: number): DocumentChange => ({
  kind: 'unexplained',
  allowed: false,
  revision,
  ...change,
});

/** The same, each once, what is not allowed first. */
const tell = (changes: DocumentChange[]): JudgedChanges => {
  const each = [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
  const told = each.toSorted((one, other) => Number(one.allowed) - Number(other.allowed)).slice(0, mostTold);
  return { allowed: each.every(({ allowed }) => allowed), changes: told };
};

const judge = (explanations: readonly Explanation[], permissions: Permissions): JudgedChanges =>
  tell(
    explanations.flatMap(({ revision, explained, unexplained }) => [
      ...unexplained.map((change) => unexplainedChange(change, revision)),
      ...explained.map((change) => judgeExplained(change, permissions, revision)),
    ]),
  );

const isSigning = ({ explained }: Explanation): boolean => explained.some(({ kind }) => kind === 'signature');

/** Who signs later fills what was laid for them, with their signature and not otherwise. */
const fillsPlace = ({ kind, field = '' }: ExplainedChange, explanation: Explanation): boolean =>
  kind === 'field-filled' && readPlaceName(field) !== undefined && isSigning(explanation);

/** To sign an original is not to fill it in, nor to remark on it. */
const asAddition = (explanation: Explanation): Explanation => {
  const isOfSigning = (change: ExplainedChange): boolean =>
    change.level === 'preserve' || change.level === 'sign' || fillsPlace(change, explanation);
  const others = explanation.explained.filter((change) => !isOfSigning(change));
  const detail = 'the original is to be signed, and no more';
  return {
    ...explanation,
    explained: explanation.explained.filter(isOfSigning),
    unexplained: [
      ...explanation.unexplained,
      ...others.map(({ object, path, field }) => ({ object, path, field, detail })),
    ],
  };
};

/** Where the updates cannot be followed one by one. */
const notFollowed = (error: unknown): JudgedChanges => ({
  allowed: false,
  changes: [
    {
      kind: 'unexplained',
      allowed: false,
      object: 'trailer',
      path: '',
      revision: 0,
      detail: error instanceof Error ? error.message : 'it cannot be read',
    },
  ],
});

interface Explained extends Explanation {
  /** Where the section that says so starts. */
  start: number;
}

/** All updates behind the first of these ends, explained. @throws Fault where they cannot be followed */
const explainAll = (file: PdfFile, first: number, ports: Inflater, allowance: Allowance): Explained[] => {
  const explain = createExplainer();
  const found: Explained[] = [];
  for (const step of readSteps(file, first, ports)) {
    const isFirst = allowance.first && !found.some(isSigning);
    found.push({ ...explain(step, { first: isFirst }), start: step.after.crossReference.sections[0]!.start });
  }
  return found;
};

/** Whether a signature's end is one of a revision: what is signed is then a file by itself. */
const permissionsAt = (file: PdfFile, end: number, ports: Inflater): { permissions: Permissions; newest: number } => {
  const signed = openPdf(file.bytes.subarray(0, end), ports);
  return { permissions: readPermissions(signed), newest: signed.crossReference.sections[0]!.start };
};

const isOneOf = (file: PdfFile, start: number): boolean =>
  file.crossReference.sections.some((section) => section.start === start);

const judgeSince = (file: PdfFile, end: number, explained: readonly Explained[], ports: Inflater): JudgedChanges => {
  try {
    const { permissions, newest } = permissionsAt(file, end, ports);
    if (!isOneOf(file, newest)) return notFollowed(new Error('What was signed is not what is updated'));
    const later = explained.filter(({ start }) => start > newest);
    if (later.some(({ start }) => start < end))
      return notFollowed(new Error('A revision begins within what was signed'));
    return judge(later, permissions);
  } catch (error) {
    return notFollowed(error);
  }
};

/** Judges what was done to a file after each of these ends of what signatures cover, by what each of them allows. */
export const judgeLaterChanges = (
  file: PdfFile,
  ends: readonly number[],
  ports: Inflater,
): Map<number, JudgedChanges> => {
  const later = [...new Set(ends)]
    .filter((end) => end > 0 && end < file.bytes.length)
    .sort((one, other) => one - other);
  if (later.length === 0) return new Map();
  try {
    const explained = explainAll(file, later[0]!, ports, { first: false });
    return new Map(later.map((end) => [end, judgeSince(file, end, explained, ports)]));
  } catch (error) {
    return later.length > 1
      ? new Map([[later[0]!, notFollowed(error)], ...judgeLaterChanges(file, later.slice(1), ports)])
      : new Map([[later[0]!, notFollowed(error)]]);
  }
};

/** Judges what was added to an original that a file begins with: signatures, and a page for the first of them. */
export const judgeAdditions = (file: PdfFile, original: PdfFile, ports: Inflater): JudgedChanges => {
  try {
    const first = readSignatureFields(original).every(({ value }) => value === undefined);
    const explained = explainAll(file, original.bytes.length, ports, { first });
    return judge(explained.map(asAddition), { level: undefined, locks: [] });
  } catch (error) {
    return notFollowed(error);
  }
};
