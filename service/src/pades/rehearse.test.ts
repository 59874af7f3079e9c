import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { writeStructure, type Structure } from '../../test/fuzz/odd-structures.ts';
import { drawAutograph } from '../../test/autograph.ts';
import { sharedThreads } from '../../test/shared-threads.ts';

const { engine } = sharedThreads();

const plain: Structure = {
  catalog: '',
  pages: '',
  page: '',
  trailer: '',
  objects: ['null', '[/Annots 3 0 R'],
  stream: { dictionary: '', deflated: 0 },
  compressed: false,
  widths: [1, 4, 2],
};
const facts = {
  locale: 'en',
  signatory: 'X',
  acceptedAt: new Date(),
  identifier: 'X',
  digest: '0'.repeat(64),
} as const;

const prepare = async (structure: Structure): Promise<Uint8Array> => {
  const { pdf: document } = await engine.accept(writeStructure(structure));
  const autograph = drawAutograph(60, 30);
  const prepared = await engine.prepare({ document, fieldName: 'S', facts, autograph, signedAt: new Date() });
  return prepared.document;
};

test.each([
  ['a filter that nobody knows', { stream: { dictionary: '/Filter /Unheard', deflated: 0 } }],
  ['a filter for access rights', { stream: { dictionary: '/Filter /Crypt', deflated: 0 } }],
  ['content that is not what its filter says', { stream: { dictionary: '/Filter /ASCII85Decode', deflated: 1 } }],
  ['parameters that are no numbers', { stream: { dictionary: '/DecodeParms << /Columns --1 >>', deflated: 0 } }],
  ['annotations that cannot be parsed', { page: '/Annots 5 0 R' }],
  ['a form that cannot be parsed', { catalog: '/AcroForm 5 0 R' }],
])('a page with %s is prepared once it was accepted', async (_, odd) => {
  expect((await prepare({ ...plain, ...odd })).length).toBeGreaterThan(1_000);
});

test('a form that is the catalogue, which would then contain itself, is refused at the upload', async () => {
  const accepting = engine.accept(writeStructure({ ...plain, catalog: '/AcroForm 1 0 R' }));
  await expect(accepting).rejects.toMatchObject({ type: 'document-damaged' });
});

/** Runs an upload alone in a process, and prints what was loaded for it. */
const script = `
  import { readFileSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  const { acceptDocument } = await import('#pades/accept.ts');
  const { nodePorts } = await import('@tu-esign/verifier/ports/node.ts');
  const { signaturePlace } = await acceptDocument({ pdf: readFileSync(process.argv[1]), policy: {} }, nodePorts);
  if (!signaturePlace) throw new Error('it has no place');
  console.log(loaded.join('\\n'));
`;

test('an upload learns the place of the signature without what draws it, recovers files or knows the wire', () => {
  const service = new URL('../..', import.meta.url).pathname;
  const pdf = new URL('test/fixtures/pdfs/rotation.pdf', `file://${service}`).pathname;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, pdf], {
    cwd: service,
    encoding: 'utf8',
  });
  expect(stdout, stderr).toContain('choose-place.ts');
  expect(stdout).not.toMatch(/node_modules\/(?:harfbuzzjs|@libpdf|zod)\//);
});

test('a form that is the page’s content leaves the content as it is', async () => {
  const prepared = Buffer.from(await prepare({ ...plain, catalog: '/AcroForm 6 0 R' }));
  expect(prepared.toString('latin1').match(/^6 0 obj/gm)).toHaveLength(1);
});
