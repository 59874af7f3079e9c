import { afterAll, expect, test } from 'vitest';
import { caseFile } from '../../test/running-service.ts';
import { createPdfEngine } from './engine.ts';

const engine = createPdfEngine({ threads: 1 });
afterAll(() => engine.close());

test.each([
  ['xfa', 'xfa-dynamic', [{ object: 6 }]],
  [
    'annot-flags',
    'annotations-differ',
    [
      { page: 1, object: 6 },
      { page: 1, object: 8 },
    ],
  ],
  [
    'needap',
    'appearances-differ',
    [
      { page: 1, object: 6 },
      { page: 1, object: 7 },
    ],
  ],
])('%s.pdf is refused for %s, with its places', async (name, finding, places) => {
  await expect(engine.accept(caseFile(name))).rejects.toMatchObject({
    type: 'document-finding',
    message: expect.stringContaining(`${finding} (`) as string,
    findings: [{ finding, places }],
  });
});

test('a host that wants to be told of it is told', async () => {
  const { findings } = await engine.accept(caseFile('annot-flags'), { 'annotations-differ': 'tell' });
  expect(findings).toMatchObject([{ finding: 'annotations-differ', handling: 'told' }]);
});

test.each([
  ['needap', ['appearances-differ', 'need-appearances'], { 'appearances-differ': 'normalise' } as const],
  ['annot-flags', ['annotations-differ'], { 'annotations-differ': 'normalise' } as const],
])('%s.pdf is made harmless where its host wants that', async (name, findings, policy) => {
  const { pdf, rewritten, findings: told } = await engine.accept(caseFile(name), policy);
  expect(rewritten).toBe(true);
  expect(told.filter(({ handling }) => handling === 'normalised').map(({ finding }) => finding)).toEqual(findings);
  // What was made harmless is ordinary from then on.
  const again = await engine.accept(pdf);
  expect(again.findings.filter(({ finding }) => findings.includes(finding))).toEqual([]);
});

test('a host that wants none of what is told by default is asked for nothing more', async () => {
  await expect(engine.accept(caseFile('empty-field'), { 'embedded-files': 'refuse' })).resolves.toMatchObject({
    findings: [],
  });
});
