import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { streamOf } from '../fuzz/changes/append-update.ts';
import { objects, writeForm } from '../fuzz/changes/form-document.ts';
import { authority, issue, signatory, stamping } from '../pki/certificates.ts';
import { pyHanko, runPyHanko } from '../pki/judges.ts';
import { createFolder } from '../tools.ts';
import { pyHankoWords, writeDocuments } from './batches.ts';
import { ourWords, type Candidate, type Word } from './words.ts';

/** What another signer does to documents after a signature of ours, or of its own that allows this and that. */

const trusted = [
  'a field filled in',
  'a field filled in and signed over',
  'a second signature',
  'a second signature and a third',
  'a second signature that is seen',
  'a second signature that locks all fields',
  'a second signature, a store and a time-stamp',
  'a store',
  'a store and a time-stamp',
  'a store and a time-stamp, twice',
  'a time-stamp of the document',
  'an empty field',
  'P 1: a store and a time-stamp',
  'P 1: as it is',
  'P 2: a field filled in',
  'P 2: a field filled in twice, and signed over',
  'P 2: a second signature',
  'P 2: a store and a time-stamp',
  'P 3: a field filled in',
  'P 3: a remark',
  'P 3: a remark, signed over',
  'P 3: a second signature',
  'lock of a: c filled in',
  'lock of a: c filled in and signed over',
  'lock of all but a: a filled in',
  'lock of all, P 1: a store and a time-stamp',
  'lock of all: a store and a time-stamp',
];

const told = [
  'P 1: a field filled in',
  'P 1: a remark',
  'P 1: a second signature',
  'P 2: a remark',
  'a remark',
  'lock of a: a filled in',
  'lock of all but a: c filled in',
  'lock of all, P 1: a second signature',
  'lock of all: a filled in',
  'lock of all: a second signature',
];

/** Whose verdict pyHanko does not share, and why. */
const differing: Record<string, string> = {
  'P 3: a remark': 'it has no rule for annotations, whatever is allowed',
  'P 3: a remark, signed over': 'it has no rule for annotations, whatever is allowed',
  ...Object.fromEntries(
    [
      'lock of a: c filled in',
      'lock of a: c filled in and signed over',
      'lock of all but a: a filled in',
      'lock of all, P 1: a store and a time-stamp',
      'lock of all: a store and a time-stamp',
    ].map((name) => [name, 'it takes the appearance of a locked field for changed that nothing has touched']),
  ),
};

const folder = createFolder();
afterAll(() => folder.remove());

const root = issue('Raíz de otros', { extensions: authority() });
const middle = issue('Emisora de otros', { issuer: root, extensions: authority() });
const person = issue('Persona de otros', { issuer: middle, extensions: signatory });
const stamper = issue('Sello de otros', { issuer: middle, key: 'rsa2048', extensions: stamping });

/** With two fields, neither of which shares anything with the other, or with the page. */
const form = writeForm({
  6: '<< /Fields [8 0 R 17 0 R] /DR << /Font << /F1 5 0 R >> >> /DA (/F1 9 Tf 0 g) >>',
  7: '[8 0 R 17 0 R 18 0 R]',
  11: streamOf('', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
  8: objects[8]!.replace('11 0 R', '19 0 R'),
});

const ownFiles = new Set(['form.pdf', 'signed.pdf']);

let roots: string[];
beforeAll(async () => {
  if (!pyHanko) return;
  const signing = await startEmbeddedSigning();
  folder.write('form.pdf', form);
  folder.write('signed.pdf', (await signing.provider.sign(createOrder(form))).document);
  signing.stop();
  roots = [signing.authority.rootPem, root.pem];
  folder.write('roots.pem', roots.join(''));
  for (const [name, { pem }] of Object.entries({ middle, person, stamper })) folder.write(`${name}.pem`, pem);
  for (const [name, { privateKey }] of Object.entries({ person, stamper }))
    folder.write(`${name}-key.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const script = readFileSync(new URL('follow-ups.py', import.meta.url), 'utf8');
  expect(runPyHanko(folder, script, [folder.path])).toContain('made');
});

const read = (name: string): Candidate => ({ name, document: readFileSync(`${folder.path}/${name}.pdf`) });

const names = [...trusted, ...told];

test.skipIf(!pyHanko)(
  'what pyHanko does after a signature is trusted where it is allowed, and told where not',
  async () => {
    const made = readdirSync(folder.path).filter(
      (name) => name.endsWith('.pdf') && !ownFiles.has(name) && !name.startsWith('judged-'),
    );
    expect(made.toSorted()).toEqual(names.map((name) => `${name}.pdf`).toSorted());
    const ours = new Map<string, Word>();
    for (const name of names) ours.set(name, (await ourWords(read(name), roots)).whole);
    const words = (list: readonly string[]) => list.map((name) => [name, ours.get(name)]);
    expect(words(trusted)).toEqual(trusted.map((name) => [name, 'trusted']));
    expect(words(told)).toEqual(told.map((name) => [name, 'intact']));
  },
);

test.skipIf(!pyHanko)('pyHanko agrees of what it did itself, but for what is listed', async () => {
  const judged = names.map(read);
  writeDocuments(folder, judged);
  const theirs = await pyHankoWords(folder, judged);
  const differ = names.filter((name, at) => (theirs[at] === 'trusted') !== trusted.includes(name));
  expect(differ.toSorted()).toEqual(Object.keys(differing).toSorted());
});
