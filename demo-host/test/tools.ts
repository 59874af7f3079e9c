import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Judges of what was signed: other people's tools, as Debian packages them. */

const execute = promisify(execFile);

/** What a tool said on both channels; rejects where it failed or took longer than a minute. */
const run = async (tool: string, ...args: string[]): Promise<string> => {
  const { stdout, stderr } = await execute(tool, args, { timeout: 60_000, maxBuffer: 64 * 1024 * 1024 });
  return stdout + stderr;
};

const newFolder = () => mkdtemp(join(tmpdir(), 'tu-esign-judge-'));

/** Writes bytes to a file of their own. */
export const toFile = async (name: string, content: Uint8Array | string): Promise<string> => {
  const path = join(await newFolder(), name);
  await writeFile(path, content);
  return path;
};

/** poppler's verdict, with the roots trusted in a new NSS database. */
export const askPdfsig = async (pdf: string, roots: string): Promise<string> => {
  const database = `sql:${await newFolder()}`;
  await run('certutil', '-N', '-d', database, '--empty-password');
  const certificates = roots.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? [];
  for (const [index, certificate] of certificates.entries()) {
    const path = await toFile('root.pem', certificate);
    await run('certutil', '-A', '-d', database, '-n', `root ${index}`, '-t', 'CT,C,C', '-i', path);
  }
  return run('pdfsig', '-nssdir', database, pdf);
};

/** Rejects where qpdf finds a fault, or as much as a warning. */
export const askQpdf = (pdf: string): Promise<string> => run('qpdf', '--check', pdf);

/** The words of all pages, in the order in which they are drawn. */
export const readText = (pdf: string): Promise<string> => run('pdftotext', '-raw', pdf, '-');

/** Whether the first certificate of a file chains to the roots by those that follow it. */
export const askOpensslVerify = (chain: string, roots: string): Promise<string> =>
  run('openssl', 'verify', '-CAfile', roots, '-untrusted', chain, chain);

/** Whether a TimeStampResp conserves the file. */
export const askOpensslTs = (response: string, data: string, roots: string): Promise<string> =>
  run('openssl', 'ts', '-verify', '-data', data, '-in', response, '-CAfile', roots);

/** Where a signature is: page from 1, and its widget's rectangle in points from the lower left corner. */
export interface Place {
  page: number;
  /** Height of that page in points. */
  height: number;
  rectangle: [number, number, number, number];
}

interface QpdfObject {
  value?: Record<string, unknown>;
}

/** The first signature field's widget annotation (ISO 32000-2, 12.5.6.19), as qpdf reads it. */
export const findSignature = async (pdf: string): Promise<Place> => {
  const described = await run('qpdf', '--json=2', '--json-stream-data=none', pdf);
  const { qpdf, pages } = JSON.parse(described) as {
    qpdf: [unknown, Record<string, QpdfObject>];
    pages: { object: string }[];
  };
  const resolve = (reference: unknown) => qpdf[1][`obj:${String(reference)}`]?.value ?? {};
  for (const [index, { object }] of pages.entries()) {
    const page = resolve(object);
    const listed = page['/Annots'] ?? [];
    const annotations = (Array.isArray(listed) ? listed : Object.values(resolve(listed))).map(resolve);
    const widget = annotations.find((annotation) => annotation['/FT'] === '/Sig');
    if (widget) return toPlace(index + 1, page, widget);
  }
  throw new Error('no page has a signature');
};

const toPlace = (
  page: number,
  { '/MediaBox': box }: Record<string, unknown>,
  widget: Record<string, unknown>,
): Place => ({
  page,
  height: (box as number[])[3]!,
  rectangle: widget['/Rect'] as Place['rectangle'],
});

/** Draws one page in grey, as a PGM file. */
export const renderPage = async (pdf: string, page: number, dotsPerInch: number): Promise<string> => {
  const root = join(await newFolder(), 'page');
  const number = String(page);
  await run('pdftoppm', '-gray', '-r', String(dotsPerInch), '-f', number, '-l', number, '-singlefile', pdf, root);
  return `${root}.pgm`;
};
