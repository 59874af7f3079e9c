import { nat, oneof, tuple } from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { createPdfEngine } from '#pades/engine.ts';
import { createOrder, startEmbeddedSigning } from '../embedded-signing.ts';
import { faultsOf, pagesOf } from '../tools.ts';
import { fuzz } from './fuzz.ts';
import { changeTokens, samples, tokenChanges } from './odd-pdfs.ts';
import { structures, writeStructure } from './odd-structures.ts';
import { outcomeAfter } from './outcome.ts';

let signing: Awaited<ReturnType<typeof startEmbeddedSigning>>;
beforeAll(async () => {
  signing = await startEmbeddedSigning();
});
// as in documents.test.ts
const engine = createPdfEngine({ timeoutMs: 500, memoryMb: 256, threads: 1 });
afterAll(async () => {
  await engine.close();
  signing.stop();
});

const changed = tuple(nat({ max: samples.length - 1 }), tokenChanges);

fuzz('documents: signed, and read by qpdf', oneof(changed, structures), async (odd) => {
  const pdf = Array.isArray(odd) ? changeTokens(samples[odd[0]]!, odd[1]) : writeStructure(odd);
  const found = await outcomeAfter(async () => {
    const accepted = await engine.accept(pdf);
    const { document } = await signing.provider.sign(createOrder(accepted.pdf));
    const before = signing.folder.write('before.pdf', accepted.pdf);
    // where qpdf missed pages before, it may well find faults in them now
    const most = pagesOf(before) === accepted.pages ? faultsOf(before) : 2;
    expect(faultsOf(signing.folder.write('after.pdf', document))).toBeLessThanOrEqual(most);
  });
  expect(found).toMatch(/^(?:good$|document-)/);
});
