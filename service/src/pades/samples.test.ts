import { expect, test } from 'vitest';
import { readSample, refused, signable, tellingPolicy, withFindings } from '../../test/sample-pdfs.ts';
import { sharedThreads } from '../../test/shared-threads.ts';

/** Never signed, and not to the letter, encrypted, or with /NeedAppearances: rewritten once. */
const rewritten = new Set([
  'PDF-2.0-with-offset-start.pdf',
  'PDFBOX-3783.pdf',
  'PDFBOX-3940.pdf',
  'bad23.pdf',
  'bad24.pdf',
  'bad3.pdf',
  'pdf20-utf8-test.pdf',
  'pdflatex-forms.pdf',
  'pr6531_2.pdf',
  'recover-xref-stream.pdf',
  'veraPDF-test-suite-6-1-3-t02-fail-a.pdf',
  'xref-errors.pdf',
  'xref-off-by-one.pdf',
  'xref_command_missing.pdf',
]);

// What is signed in them, test/walk.test.ts looks at.
const { engine } = sharedThreads();

test.each(Object.entries(refused))('%s is refused as %s', async (name, type) => {
  await expect(engine.accept(readSample(name))).rejects.toMatchObject({ type });
});

test.each(signable)('%s is accepted, and rewritten only where it must be', async (name) => {
  const accepted = await engine.accept(readSample(name), tellingPolicy);
  expect(accepted.rewritten).toBe(rewritten.has(name));
});

test.each(Object.entries(withFindings))(
  '%s is refused by default for its %s, and otherwise told',
  async (name, finding) => {
    await expect(engine.accept(readSample(name))).rejects.toMatchObject({
      type: 'document-finding',
      findings: [{ finding }],
    });
    const { findings } = await engine.accept(readSample(name), tellingPolicy);
    expect(findings).toContainEqual(expect.objectContaining({ finding, handling: 'told' }));
  },
);

test('of the others, nothing but what may be in ordinary documents is told', async () => {
  const told: Record<string, string[]> = {};
  for (const name of signable.filter((own) => !(own in withFindings))) {
    const { findings } = await engine.accept(readSample(name));
    if (findings.length > 0) told[name] = findings.map(({ finding }) => finding);
  }
  expect(told).toEqual({
    'bug2026037.pdf': ['fillable-fields'],
    'minimal-with-simple-form.pdf': ['fillable-fields'],
    'multimedia_annotations.pdf': ['multimedia', 'embedded-files'],
    'pdf20-utf8-test.pdf': ['layers-hidden'],
    'pr6531_2.pdf': ['encrypted'],
    'veraPDF-test-suite-6-1-3-t02-fail-a.pdf': ['encrypted'],
  });
});
