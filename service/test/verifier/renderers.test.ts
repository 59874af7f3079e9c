import { readdirSync, readFileSync } from 'node:fs';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocumentFindingName } from '@tu-esign/contract';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { createIncrementalUpdate } from '#writing/incremental-update.ts';
import { startEmbeddedSigning } from '../embedded-signing.ts';
import { stream, withTable } from '../hostile-pdfs.ts';
import { readAlike, readUnlike } from './inline-images.ts';
import { createFolder, run } from '../tools.ts';

/**
 * One reading for all: what is taken at the upload, or read by the verifier, has the same pages, with the same words on
 * them, for our reader, pdf.js (by which the element shows them), poppler and MuPDF.
 */

const folder = createFolder();
const fixtures = new URL('../fixtures/', import.meta.url);
const files = ['pdfs', 'attacks', 'cases', 'updates'].flatMap((kind) =>
  readdirSync(new URL(`${kind}/`, fixtures))
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => `${kind}/${name}`),
);

/** Whoever is told of all that is found takes as much as anybody may. */
const telling = Object.fromEntries(DocumentFindingName.options.map((name) => [name, 'tell' as const]));

interface Reading {
  name: string;
  document: Uint8Array;
  pages: number;
  /** Whether it is told that content is not the same for everybody. */
  differs?: boolean;
}

const orNothing = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
};

/** As the verifier reads it. */
const readAsItIs = (name: string): Reading[] => {
  const document = readFileSync(new URL(name, fixtures));
  const pages = orNothing(() => readPages(openPdf(document, nodePorts)).length);
  return pages === undefined ? [] : [{ name, document, pages }];
};

let taken: Reading[];
beforeAll(async () => {
  const signing = await startEmbeddedSigning();
  taken = [];
  for (const name of files) {
    const accepting = signing.engine.accept(readFileSync(new URL(name, fixtures)), telling);
    const accepted = await accepting.catch(() => undefined);
    if (!accepted) continue;
    const differs = accepted.findings.some(({ finding }) => finding === 'content-differs');
    taken.push({ name, document: accepted.pdf, pages: accepted.pages, differs });
  }
  signing.stop();
});
afterAll(() => folder.remove());

const wordsOf = (text: string): string =>
  Array.from(text.normalize('NFKC').replaceAll(/[^\p{L}\p{N}]/gu, ''))
    .toSorted()
    .join('');

/** What pdf.js reads on each page; undefined where it reads nothing. */
const readByPdfJs = async (document: Uint8Array): Promise<string[] | undefined> => {
  const task = getDocument({ data: new Uint8Array(document), verbosity: 0 });
  try {
    const pdf = await task.promise;
    const texts: string[] = [];
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      texts.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
    }
    return texts;
  } catch {
    return undefined;
  } finally {
    await task.destroy();
  }
};

/** Programs end each page by a form feed. */
const pagesOf = (output: string): string[] => output.split('\f').slice(0, -1);

const countByPoppler = (path: string): number => Number(/^Pages:\s+(\d+)$/m.exec(run('pdfinfo', path).output)?.[1]);
const countByMuPdf = (path: string): number =>
  (run('mutool', 'pages', path).output.match(/<page pagenum="[1-9]/g) ?? []).length;

/** Pages as each counts them. */
const countPages = async ({ document, pages }: Reading): Promise<Record<string, number | undefined>> => {
  const path = folder.write('counted.pdf', document);
  const byPdfJs = (await readByPdfJs(document))?.length;
  return { ours: pages, pdfJs: byPdfJs, poppler: countByPoppler(path), muPdf: countByMuPdf(path) };
};

const isOfOne = (counts: Record<string, number | undefined>): boolean => new Set(Object.values(counts)).size === 1;

const miscounted = async (
  readings: readonly Reading[],
): Promise<Record<string, Record<string, number | undefined>>> => {
  const counted = [];
  for (const reading of readings) counted.push([reading.name, await countPages(reading)] as const);
  return Object.fromEntries(counted.filter(([, counts]) => !isOfOne(counts)));
};

/** What the verifier reads as it is and pdf.js does not: an upload of it is rewritten before anybody sees it. */
const readByOthersAlone: readonly string[] = ['pdfs/bad24.pdf'];

test('every page that is taken at the upload is one for everybody', async () => {
  expect(taken.length).toBeGreaterThan(60);
  expect(await miscounted(taken)).toEqual({});
});

test('every page that the verifier reads is one for everybody', async () => {
  const readings = files.flatMap(readAsItIs);
  expect(readings.length).toBeGreaterThan(90);
  expect(Object.keys(await miscounted(readings))).toEqual(readByOthersAlone);
});

/** Without annotations, which pdf.js reads apart. */
const withoutAnnotations = (document: Uint8Array): Uint8Array => {
  const file: PdfFile = openPdf(document, nodePorts);
  const update = createIncrementalUpdate(file);
  for (const { ref, dict } of readPages(file)) {
    dict.set('Annots', file.objects.array([]));
    update.rewrite(ref, dict);
  }
  return Buffer.concat([document, update.write().bytes]);
};

const readByAll = async (document: Uint8Array): Promise<string[][]> => {
  const path = folder.write('read.pdf', document);
  const programs = [
    pagesOf(run('pdftotext', '-enc', 'UTF-8', path, '-').output),
    pagesOf(run('mutool', 'draw', '-q', '-F', 'text', path).output),
  ];
  return [(await readByPdfJs(document)) ?? [], ...programs].map((pages) => pages.map(wordsOf));
};

const pageOf = (content: string): Buffer =>
  withTable([
    [
      3,
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    ],
    [4, stream('', Buffer.from(content, 'latin1'))],
    [5, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'],
  ]);

/** Why programs that are given the same page write other words; what is seen is the same. */
const readDifferently: Record<string, string> = {
  'pdfs/habibi-rotated.pdf': 'each puts letters together with their marks in a way of its own',
  'pdfs/issue11242_reduced.pdf': 'a font that says nothing of its letters: some guess',
  'pdfs/issue20232.pdf': 'a font that says nothing to MuPDF of its letters',
  'pdfs/issue6721_reduced.pdf': 'a font that names letters that are none',
  'cases/vertical.pdf': 'a font that is not in the file, and whose letters poppler and pdf.js need a table for',
  'updates/object-that-cannot-be-read.pdf': 'poppler leaves out letters that lie over the same ones',
  'updates/resources-that-are-a-widget.pdf': 'poppler leaves out letters that lie over the same ones',
};

const isReadDifferently = async (document: Uint8Array): Promise<boolean> => {
  const [first, ...others] = await readByAll(document);
  return others.some((other) => JSON.stringify(other) !== JSON.stringify(first));
};

test('on each page everybody reads the same words, but for what is listed, or found at the upload', async () => {
  const differing: string[] = [];
  for (const { name, document, differs } of taken)
    if (!differs && (await isReadDifferently(withoutAnnotations(document)))) differing.push(name);
  expect(differing).toEqual(Object.keys(readDifferently));
});

test('what is found at the upload to be read differently is, and everybody reads what is not alike', async () => {
  expect(taken.filter(({ differs }) => differs).map(({ name }) => name)).toEqual([
    'updates/strip-over-text-behind-an-image.pdf',
  ]);
});

const tellAll = async (all: readonly [string, string][]): Promise<[string, boolean][]> => {
  const told: [string, boolean][] = [];
  for (const [name, content] of all) told.push([name, await isReadDifferently(pageOf(content))]);
  return told;
};

test('images within content that we find to be read alike are, and others are not', async () => {
  expect(await tellAll(readAlike)).toEqual(readAlike.map(([name]) => [name, false]));
  expect(await tellAll(readUnlike)).toEqual(readUnlike.map(([name]) => [name, true]));
});
