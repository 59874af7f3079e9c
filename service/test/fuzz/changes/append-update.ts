import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';

/** An update of a file, as somebody writes it who wants to deceive: nothing of it is looked at. */
export interface Update {
  /** By object number: what stands between `obj` and `endobj`. */
  objects?: Record<number, string>;
  /** Generations of objects that are not 0. */
  generations?: Record<number, number>;
  /** Numbers of objects to free. */
  free?: number[];
  /** Entries of the cross-reference, by object number: offsets of something that is there already. */
  offsets?: Record<number, number>;
  /** Replaces or adds entries of the trailer; undefined leaves one out. */
  trailer?: Record<string, string | undefined>;
}

export const open = (pdf: Uint8Array): PdfFile => openPdf(new Uint8Array(pdf), nodePorts);

/** A stream, as text. */
export const streamOf = (content: string, entries = ''): string =>
  `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;

interface Entry {
  number: number;
  type: 0 | 1;
  offset: number;
  generation: number;
}

const runsOf = (entries: Entry[]): Entry[][] => {
  const runs: Entry[][] = [];
  for (const entry of entries.toSorted((one, other) => one.number - other.number)) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.number + 1 === entry.number) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
};

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0');

const writeTable = (entries: Entry[], trailer: string, start: number): string => {
  const lines = runsOf(entries).map(
    (run) =>
      `${run[0]!.number} ${run.length}\n${run
        .map(({ type, offset, generation }) => `${pad(offset, 10)} ${pad(generation, 5)} ${type ? 'n' : 'f'} \n`)
        .join('')}`,
  );
  return `xref\n${lines.join('')}trailer\n<< ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
};

const writeStream = (entries: Entry[], trailer: string, own: Entry): string => {
  const runs = runsOf([...entries, own]);
  const rows = runs.flat().map(({ type, offset, generation }) => {
    const row = Buffer.alloc(8, type);
    row.writeUIntBE(offset, 1, 5);
    row.writeUInt16BE(generation, 6);
    return row.toString('latin1');
  });
  const index = runs.map((run) => `${run[0]!.number} ${run.length}`).join(' ');
  const stream = streamOf(rows.join(''), `/Type /XRef /W [1 5 2] /Index [${index}] ${trailer}`);
  return `${own.number} 0 obj\n${stream}\nendobj\nstartxref\n${own.offset}\n%%EOF\n`;
};

/** Appends an update with a cross-reference of the kind that the file has. */
export const appendUpdate = (pdf: Uint8Array, update: Update): Buffer => {
  const { trailer, crossReference, objects } = open(pdf);
  const { kind, start } = crossReference.sections[0]!;
  const entries: Entry[] = [];
  let text = '\n';
  for (const [key, body] of Object.entries(update.objects ?? {})) {
    const [number, generation] = [Number(key), update.generations?.[Number(key)] ?? 0];
    entries.push({ number, type: 1, offset: pdf.length + text.length, generation });
    text += `${number} ${generation} obj\n${body}\nendobj\n`;
  }
  for (const number of update.free ?? []) entries.push({ number, type: 0, offset: 0, generation: 1 });
  for (const [number, offset] of Object.entries(update.offsets ?? {}))
    entries.push({ number: Number(number), type: 1, offset, generation: 0 });
  const largest = Math.max(objects.largestNumber, ...entries.map(({ number }) => number)) + 1;
  const all: Record<string, string | undefined> = {
    Size: String(largest + 1),
    Root: trailer.get('Root')?.toString(),
    Info: trailer.get('Info')?.toString(),
    ID: trailer.get('ID')?.toString(),
    Prev: String(start),
    ...update.trailer,
  };
  const written = Object.entries(all)
    .flatMap(([key, value]) => (value === undefined ? [] : [`/${key} ${value}`]))
    .join(' ');
  const end = pdf.length + text.length;
  text +=
    kind === 'table'
      ? writeTable(entries, written, end)
      : writeStream(entries, written, { number: largest, type: 1, offset: end, generation: 0 });
  return Buffer.concat([pdf, fromLatin1(text)]);
};
