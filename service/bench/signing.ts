import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { openAuthority } from '#authority/authority.ts';
import { createFolderKeys } from '#keys/folder-keys.ts';
import { createPdfEngine, type PdfEngine } from '#pades/engine.ts';
import { prepareSignature } from '#pades/prepare.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createOrder } from '../test/embedded-signing.ts';

/** Milliseconds measured for each number. */
const duration = 4_000;
const warmUps = 5;

/** A document of text pages, filled up with an attachment-like stream a page to the size asked for. */
const createDocument = async (pages: number, bytes: number): Promise<Uint8Array> => {
  const pdf = await PDFDocument.create({ updateMetadata: false });
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  for (let number = 0; number < pages; number += 1) {
    const page = pdf.addPage([612, 792]);
    for (let line = 0; line < 30; line += 1)
      page.drawText(`Clause ${number + 1}.${line + 1}: the parties agree on what follows in this line.`, {
        x: 72,
        y: 720 - line * 18,
        size: 11,
        font,
      });
    pdf.context.register(pdf.context.stream(randomBytes(Math.max(0, Math.floor(bytes / pages) - 1_200))));
  }
  return pdf.save({ useObjectStreams: false });
};

/** Calls a second, one after the other. */
const rate = async (work: () => Promise<unknown>): Promise<number> => {
  for (let round = 0; round < warmUps; round += 1) await work();
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < duration) {
    await work();
    calls += 1;
  }
  return (1000 * calls) / (performance.now() - start);
};

const sizes = [
  ['1 page, 50 KB', 1, 50_000],
  ['20 pages, 1 MB', 20, 1_000_000],
  ['100 pages, 10 MB', 100, 10_000_000],
] as const;

const now = () => new Date();
const folder = await mkdtemp(join(tmpdir(), 'tu-esign-bench-'));
const authority = await openAuthority({ keys: createFolderKeys(folder), now });
const engine = createPdfEngine({ threads: 1 });
const inline: PdfEngine = { ...engine, prepare: async (options) => prepareSignature(options, nodePorts) };

const through = (own: PdfEngine) => createEmbeddedProvider({ engine: own, authority, now, level: 'B-T' });

const measure = async (document: Uint8Array): Promise<Record<string, number>> => {
  const order = createOrder(document);
  const provider = through(engine);
  const direct = through(inline);
  const key = () => authority.issueSignatoryKey(order.signatory);
  return {
    'provider, worker thread': await rate(() => provider.sign(order)),
    'the same without the thread': await rate(() => direct.sign(order)),
    'key and certificate alone': await rate(key),
    'time-stamp alone': await rate(() => authority.createTimeStamp({ imprint: Buffer.alloc(32) })),
  };
};

const rounded = (row: Record<string, number>) =>
  Object.fromEntries(Object.entries(row).map(([what, perSecond]) => [what, Math.round(perSecond * 10) / 10]));

console.log('Signings a second, one after the other: PAdES B-T, visible, P-256, verified before it is handed out');
for (const [label, pages, bytes] of sizes)
  console.log(label, rounded(await measure(await createDocument(pages, bytes))));
await engine.close();
await rm(folder, { recursive: true });
