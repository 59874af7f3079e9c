import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { Problem } from '#problem.ts';
import { createPdfEngine } from './engine.ts';

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../test/fixtures/pdfs/${name}.pdf`, import.meta.url));
// What a thread's start costs is told apart from what a file does: it is not made cheaper.
vi.stubEnv('NODE_COMPILE_CACHE', undefined);
afterAll(() => void vi.unstubAllEnvs());
const engine = createPdfEngine({ timeoutMs: 20_000, memoryMb: 128 });
afterAll(() => engine.close());

const typeOf = async (pdf: Uint8Array): Promise<string> => {
  try {
    await engine.accept(pdf);
    return 'accepted';
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    return (error as Problem).type;
  }
};

/** A PDF of these objects, numbered from 1, with a right cross-reference table. */
const pdfOf = (...objects: string[]): Buffer => {
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const head = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(
    `${text}${head}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n${text.length}\n%%EOF\n`,
  );
};

const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>';
const pages = '<< /Type /Pages /Kids [3 0 R] /Count 1 >>';

test('a small sound PDF is accepted as it is', async () => {
  const pdf = pdfOf('<< /Type /Catalog /Pages 2 0 R >>', pages, page);
  const accepted = await engine.accept(pdf);
  expect(accepted).toMatchObject({ rewritten: false, pages: 1, signatures: 0 });
  expect(Buffer.from(accepted.pdf).equals(pdf)).toBe(true);
});

test('what libraries say of a file, in its own words too, stays in the thread', async () => {
  const outputs = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  expect(await engine.accept(fixture('xref-off-by-one'))).toMatchObject({ rewritten: true });
  // What is written reaches this thread before the answer to what was asked later.
  await engine.accept(fixture('rotation'));
  const written = outputs.flatMap((output) => output.mock.calls.map(([text]) => String(text)));
  outputs.forEach((output) => output.mockRestore());
  expect(written.filter((text) => text.includes('XRef'))).toEqual([]);
});

test.each([
  ['a text', Buffer.from('Contrato de apertura de crédito'), 'document-not-pdf'],
  ['nothing', Buffer.alloc(0), 'document-not-pdf'],
  ['a header alone', Buffer.from('%PDF-1.7\n'), 'document-damaged'],
  [
    'a PDF without pages',
    pdfOf('<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>'),
    'document-without-pages',
  ],
])('%s is refused', async (_, pdf, type) => {
  expect(await typeOf(pdf)).toBe(type);
});

const certified = (permission: number): Buffer =>
  pdfOf(
    '<< /Type /Catalog /Pages 2 0 R /Perms << /DocMDP 4 0 R >> >>',
    pages,
    page,
    `<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P ${permission} >> >>] >>`,
  );

test('a document certified against every change is locked, one that allows signatures is not', async () => {
  expect(await typeOf(certified(1))).toBe('document-locked');
  expect(await typeOf(certified(2))).toBe('accepted');
});

const withFieldLock = (action: string): Buffer =>
  pdfOf(
    '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>',
    pages,
    page,
    '<< /FT /Sig /T (first) /V 5 0 R >>',
    `<< /Type /Sig /Reference [<< /TransformMethod /FieldMDP /TransformParams << /Action /${action} >> >>] >>`,
  );

test('a signature that locked all fields allows no further one', async () => {
  expect(await typeOf(withFieldLock('All'))).toBe('document-locked');
  expect(await typeOf(withFieldLock('Include'))).toBe('accepted');
});

test('a page tree that leads back to itself ends', async () => {
  const loop = pdfOf('<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [2 0 R] /Count 1 >>');
  expect(await typeOf(loop)).toMatch(/^document-/);
});

/** A cross-reference stream of 24 million bytes in a few thousand: memory for its entries runs out. */
const bomb = (): Buffer => {
  const objects = 1_900_000;
  const body = deflateSync(Buffer.alloc(3 * objects, 1));
  const head = `%PDF-1.7\n1 0 obj\n<< /Type /XRef /W [1 1 1] /Size ${objects} /Root 2 0 R /Filter /FlateDecode /Length ${body.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), body, Buffer.from('\nendstream\nendobj\nstartxref\n9\n%%EOF\n')]);
};

test('a file that takes too much memory is ended, and the next is read', async () => {
  const small = createPdfEngine({ threads: 1, memoryMb: 128 });
  await expect(small.accept(bomb())).rejects.toMatchObject({ type: 'document-too-complex' });
  expect(await small.accept(fixture('pdfkit'))).toBeDefined();
  await small.close();
});

test('a file that takes too long is ended, and the next is read', async () => {
  const hasty = createPdfEngine({ timeoutMs: 1, threads: 1, isBusy: () => false });
  await expect(hasty.accept(fixture('T6'))).rejects.toMatchObject({ type: 'document-too-complex' });
  await hasty.close();
  expect(await typeOf(fixture('T6'))).toBe('accepted');
});

test('a document that was accepted is given more time, since it is the machine that is slow', async () => {
  const hasty = createPdfEngine({ timeoutMs: 1, patientMs: 60_000, threads: 1, isBusy: () => false });
  const document = fixture('T6');
  await expect(hasty.accept(document)).rejects.toMatchObject({ type: 'document-too-complex' });
  const { findings } = await hasty.verifyDocument({ document, original: document, now: new Date() });
  expect(findings).toMatchObject({ parsed: true, originalPagesKept: true });
  await hasty.close();
});

test('an upload is given more time where the machine is busy: it takes what it would take when it is quiet', async () => {
  const hasty = createPdfEngine({ timeoutMs: 1, patientMs: 60_000, threads: 1, isBusy: () => true });
  expect(await hasty.accept(fixture('T6'))).toMatchObject({ pages: expect.any(Number) });
  await hasty.close();
});

/** What is measured holds on a machine that is as busy a moment later; one that is not gets further tries. */
const inSomeTry = async (attempt: () => Promise<void>): Promise<void> => {
  for (let triesLeft = 9; triesLeft > 0; triesLeft -= 1) {
    const done = await attempt().then(
      () => true,
      () => false,
    );
    if (done) return;
  }
  await attempt();
};

const acceptTwiceAfterABomb = async (): Promise<void> => {
  const startedAt = performance.now();
  const first = createPdfEngine({ threads: 1 });
  await first.accept(fixture('T6'));
  await first.close();
  // Loading is most of it, and alone takes longer.
  const timeoutMs = Math.round((performance.now() - startedAt) / 2);
  const single = createPdfEngine({ timeoutMs, threads: 1, memoryMb: 128 });
  onTestFinished(() => single.close());
  for (let round = 0; round < 2; round += 1) {
    await expect(single.accept(bomb())).rejects.toMatchObject({ type: 'document-too-complex' });
    expect(await single.accept(fixture('T6'))).toBeDefined();
  }
};

test('a thread that is ended harms nobody, and the start of its successor costs the next file no time', () =>
  inSomeTry(acceptTwiceAfterABomb));

/** Has one thread accept many files at once; how long all of them took, in milliseconds. */
const acceptMany = async (timeoutMs: number): Promise<number> => {
  const single = createPdfEngine({ timeoutMs, threads: 1 });
  const startedAt = performance.now();
  const many = Array.from({ length: 60 }, () => single.accept(fixture('T6')));
  await expect(Promise.all(many).finally(() => single.close())).resolves.toHaveLength(many.length);
  return performance.now() - startedAt;
};

test('time spent waiting for a thread does not count', () =>
  inSomeTry(async () => {
    const timeoutMs = Math.round((await acceptMany(60_000)) / 2);
    await acceptMany(timeoutMs);
  }));

test('truncated and altered files are accepted or refused, and nothing else', async () => {
  let seed = 20_261_124;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
  for (const name of [
    'PDF-2.0-via-incremental-save',
    'minimal-signed-twice-no-sig-type',
    'recover-xref-stream',
    'pdfkit',
  ]) {
    const pdf = fixture(name);
    for (let round = 0; round < 40; round += 1) {
      const flips = round % 4 ? 8 : 0;
      const altered = Buffer.from(flips ? pdf : pdf.subarray(0, random(pdf.length)));
      for (let flip = 0; flip < flips; flip += 1) altered[random(altered.length)] = random(256);
      expect(await typeOf(altered)).toMatch(/^(accepted|document-\w+)/);
    }
  }
});

test('a thread that cannot load what it needs is an error at once, each time, and no document’s fault', async () => {
  const broken = createPdfEngine({ worker: new URL('missing.ts', import.meta.url).href });
  onTestFinished(() => broken.close());
  for (let time = 0; time < 2; time += 1)
    await expect(broken.accept(fixture('rotation'))).rejects.toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
});
