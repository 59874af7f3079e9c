import { afterAll, expect } from 'vitest';
import { nat, tuple } from 'fast-check';
import { createPdfEngine } from '#pades/engine.ts';
import { drawAutograph } from '../autograph.ts';
import { alter, altered } from './alterations.ts';
import { fuzz } from './fuzz.ts';
import { changeTokens, samples, tokenChanges } from './odd-pdfs.ts';
import { structures, writeStructure } from './odd-structures.ts';
import { outcomeAfter } from './outcome.ts';

// short, since some files hang the parser that recovers broken ones
const engine = createPdfEngine({ timeoutMs: 500, memoryMb: 256, threads: 1 });
afterAll(() => engine.close());

const types = ['not-pdf', 'damaged', 'encrypted', 'without-pages', 'locked', 'too-complex'];
const outcomes = ['good', ...types.map((type) => `document-${type}`)];

const facts = {
  locale: 'en',
  signatory: 'A',
  acceptedAt: new Date(),
  identifier: 'X',
  digest: 'ab'.repeat(32),
} as const;
const autograph = drawAutograph(60, 30);

/** Accepted or refused, in the engine's thread; what was accepted can be prepared, too. */
const expectAccepted = async (pdf: Buffer): Promise<void> => {
  const found = await outcomeAfter(async () => {
    const accepted = await engine.accept(pdf);
    await engine.prepare({ document: accepted.pdf, fieldName: 'S', facts, autograph, signedAt: new Date() });
  });
  expect(outcomes).toContain(found);
};

fuzz('documents: altered bytes', altered(samples.length), ([index, changes]) =>
  expectAccepted(alter(samples[index]!, changes)),
);

const changed = tuple(nat({ max: samples.length - 1 }), tokenChanges);

fuzz('documents: altered tokens', changed, ([index, changes]) =>
  expectAccepted(changeTokens(samples[index]!, changes)),
);

fuzz('documents: odd structures', structures, (structure) => expectAccepted(writeStructure(structure)));
