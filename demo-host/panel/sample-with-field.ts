import { readFile } from 'node:fs/promises';
import type { Upload } from '../backend/upload.ts';
import type { Agreement } from './agreements.ts';
import { samplePlacement, sampleWhere } from './asks.ts';

/** Uploads the sample with the field that the drawer names; a second time the service has it already. */
export const uploadWithField = async (upload: Upload): Promise<Agreement> => {
  const sample = await readFile(new URL('../agreement.pdf', import.meta.url));
  const { body } = await upload(addField(sample, sampleWhere.field!));
  return { digest: body.digest, name: 'Contrato SDA-2026-0417.pdf' };
};

/** An object of the sample, which Chromium writes in plain text. */
const objectOf = (pdf: string, number: number): string => {
  const from = pdf.indexOf(`\n${number} 0 obj\n`) + `\n${number} 0 obj\n`.length;
  return pdf.slice(from, pdf.indexOf('\nendobj', from));
};

const numberAfter = (text: string, words: RegExp): number => Number(words.exec(text)![1]);

/** The dictionary with an entry more. */
const withEntry = (dictionary: string, entry: string): string => dictionary.replace('<<', `<<${entry}\n`);

/**
 * The sample with an empty signature field where the client signs, added by an incremental update (ISO 32000-1,
 * 7.5.6): what a host has that made its agreement with an editor of forms.
 */
const addField = (sample: Buffer, name: string): Buffer => {
  const pdf = sample.toString('latin1');
  const root = numberAfter(pdf, /\/Root (\d+) 0 R/);
  const size = numberAfter(pdf, /\/Size (\d+)/);
  const last = numberAfter(pdf, /\/Kids \[.*?(\d+) 0 R\]/s);
  const { x, y, width, height } = samplePlacement;
  const box = [x, y, x + width, y + height].join(' ');
  const changed: [number: number, body: string][] = [
    [last, withEntry(objectOf(pdf, last), `/Annots [${size} 0 R]`)],
    [root, withEntry(objectOf(pdf, root), `/AcroForm <</Fields [${size} 0 R]>>`)],
    [size, `<</Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 4 /P ${last} 0 R /Rect [${box}]>>`],
  ];
  return Buffer.concat([sample, update(sample.length, pdf, changed)]);
};

/** The changed objects, where each of them is, and the trailer that leads back to what was there before. */
const update = (from: number, pdf: string, changed: [number: number, body: string][]): Buffer => {
  let text = '\n';
  const table = changed.map(([number, body]) => {
    const at = String(from + text.length).padStart(10, '0');
    text += `${number} 0 obj\n${body}\nendobj\n`;
    return `${number} 1\n${at} 00000 n \n`;
  });
  const before = numberAfter(pdf.slice(-40), /startxref\s+(\d+)/);
  const trailer = /trailer\s*<<(.*?)>>/s
    .exec(pdf)![1]!
    .replace(/\/Size (\d+)/, (_, size) => `/Size ${Number(size) + 1}`);
  const start = from + text.length;
  return Buffer.from(
    `${text}xref\n${table.join('')}trailer\n<<${trailer}\n/Prev ${before}>>\nstartxref\n${start}\n%%EOF\n`,
    'latin1',
  );
};
