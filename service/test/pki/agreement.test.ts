import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifySignedData } from '@tu-esign/verifier/cms/verify-signed-data.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { failedOf, type VerifiedSignature } from '@tu-esign/verifier/verdicts/findings.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { isPart } from '../fuzz/cases.ts';
import { agreement } from '../running-service.ts';
import { createFolder } from '../tools.ts';
import { all, believed, type Case } from './cases.ts';
import { differences, type Difference } from './differences.ts';
import { createStore, opensslTrusts, opensslTrustsToken, popplerTrusts, pyHanko, pyHankoTrusts } from './judges.ts';
import { refill, type Refilled } from './signed-pdf.ts';

/**
 * One document of the service's, signed anew by certificates, CMS and time-stamps of many shapes, and judged by us and by
 * others. Where they come to another verdict, the reason is in differences.ts.
 */

const folder = createFolder();
afterAll(() => folder.remove());

interface Judged {
  judged: VerifiedSignature;
  file: Refilled;
}

const judge = async (once: Uint8Array, { sign, form }: Case): Promise<Judged> => {
  const file = refill(once, { sign, ...(form && { form }) });
  const { signatures } = await verifyDocument({ document: file.document, roots: believed, now: new Date() }, nodePorts);
  return { judged: signatures[0]!, file };
};

const found = new Map<string, Judged>();
const judgeAnew = async (each: Case): Promise<Judged> => {
  const judged = await judge(once, each);
  found.set(each.name, judged);
  return judged;
};
const judgedOf = async (each: Case): Promise<Judged> => found.get(each.name) ?? judgeAnew(each);

let once: Uint8Array;
beforeAll(async () => {
  const room = await startEmbeddedSigning();
  once = (await room.provider.sign(createOrder(agreement))).document;
  room.stop();
  folder.write('roots.pem', believed.join(''));
});

test('cases have names of their own', () => {
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(150);
});

test.each(all)('$name: $fails', async (each) => {
  const { fails } = each;
  expect(failedOf((await judgeAnew(each)).judged.findings).sort()).toEqual(fails.toSorted());
});

const trusts = ({ judged }: Judged): boolean => failedOf(judged.findings).length === 0;

/** Names of those of whom somebody says otherwise than we do. */
const differing = async (
  cases: readonly Case[],
  theirs: (judged: Judged, each: Case, at: number) => Promise<boolean> | boolean,
): Promise<string[]> => {
  const names: string[] = [];
  for (const [at, each] of cases.entries()) {
    const judged = await judgedOf(each);
    if ((await theirs(judged, each, at)) !== trusts(judged)) names.push(each.name);
  }
  return names.sort();
};

const listed = (judge: Difference['judge'], cases: readonly Case[]): string[] => {
  const names = differences
    .filter((difference) => difference.judge === judge)
    .flatMap((difference) => difference.cases);
  return names.filter((name) => cases.some((each) => each.name === name)).sort();
};

const asOpenssl = async ({ judged, file }: Judged, { form }: Case): Promise<boolean> => {
  const { cms, covered } = file;
  // Time-stamps prove a time to it as well as to us.
  const at = judged.timeProven ? judged.signedAt! : new Date();
  if (!opensslTrusts(folder, { cms, covered, cades: form === undefined, at })) return false;
  const read = await verifySignedData({ cms, detached: covered }, nodePorts).catch(() => undefined);
  const data = Buffer.from(read?.signature ?? []);
  return (read?.timeStampTokens ?? []).every((token) =>
    opensslTrustsToken(folder, { token: Buffer.from(token), data, at }),
  );
};

/** Each verdict is a process of its own: a part of them is judged with every change. */
const part = (step: number): readonly Case[] => all.filter((_, at) => !isPart || at % step === 0);
const [forOpenssl, forPoppler] = [part(7), part(31)];

test('openssl agrees, but for what is listed', async () => {
  expect(await differing(forOpenssl, asOpenssl)).toEqual(listed('openssl', forOpenssl));
});

test('poppler agrees, but for what is listed', async () => {
  const store = createStore(folder, believed);
  const theirs = ({ file }: Judged) => popplerTrusts(folder, file.document, store);
  expect(await differing(forPoppler, theirs)).toEqual(listed('poppler', forPoppler));
});

test.skipIf(!pyHanko)('pyHanko agrees, where PYHANKO_PATH names its source, but for what is listed', async () => {
  const judged = await Promise.all(all.map(judgedOf));
  const theirs = pyHankoTrusts(
    folder,
    judged.map(({ file }) => file.document),
  );
  expect(theirs).toHaveLength(all.length);
  expect(await differing(all, (_, __, at) => theirs[at]!)).toEqual(listed('pyHanko', all));
});

test('every reason is of cases that are judged', () => {
  const names = new Set(all.map(({ name }) => name));
  expect(differences.flatMap(({ cases }) => cases).filter((name) => !names.has(name))).toEqual([]);
});

/** What is accepted though openssl refuses it: nothing may come to it unseen. */
test('openssl refuses nothing that we accept but what it cannot know', async () => {
  const listedFor = differences.filter(({ judge: by }) => by === 'openssl');
  const names = new Set(listedFor.flatMap(({ cases }) => cases));
  const refused: string[] = [];
  for (const each of all) if (names.has(each.name) && trusts(await judgedOf(each))) refused.push(each.name);
  expect(refused.sort()).toEqual([
    'a certificate across, and one that nobody believes',
    'a signatory with any purpose',
    'a signatory with the purpose of documents',
    'two authorities of one name, the wrong one first',
  ]);
});
