import { deflateSync } from 'node:zlib';
import { array, boolean, constantFrom, letrec, nat, oneof, option, record, tuple, type Arbitrary } from 'fast-check';
import { filters, numbers, references } from './odd-pdfs.ts';

/** A PDF to be written: catalogue, page tree and page, and odd objects that these refer to. */
export interface Structure {
  /** Written into the dictionaries of catalogue, page tree, page and trailer. */
  catalog: string;
  pages: string;
  page: string;
  trailer: string;
  /** Objects 4, 5… */
  objects: string[];
  /** Filters of a stream, and how often its bytes are deflated. */
  stream: { dictionary: string; deflated: number };
  /** Whether objects lie in an object stream; the cross-reference is a stream then. */
  compressed: boolean;
  widths: number[];
}

const keys = [
  ...'Type|Kids|Parent|Count|Fields|FT|T|V|AcroForm|Annots|Rect|Subtype|Contents'.split('|'),
  ...'Resources|MediaBox|CropBox|Rotate|UserUnit|Perms|DocMDP|Reference|TransformMethod'.split('|'),
  ...'TransformParams|P|Action|Font|XObject|Extends|Prev|XRefStm|Size|Index|SigFlags'.split('|'),
];
const words = [
  '/Sig',
  '/Tx',
  '/Page',
  '/Pages',
  '/Catalog',
  '/Widget',
  '/All',
  '/DocMDP',
  '/FieldMDP',
  '(text)',
  '<00>',
];
const boxes = ['[0 0 300 300]', '[0 0 0 0]', '[1e9 0 -1e9 5]', '[0 0 null 3]', '[0 0 612]'];

const { value, entries } = letrec<{ value: string; entries: string }>((tie) => ({
  value: oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: constantFrom(...numbers, ...words, ...boxes, 'null', 'true') },
    { weight: 4, arbitrary: constantFrom(...references) },
    { weight: 2, arbitrary: array(tie('value'), { maxLength: 4 }).map((members) => `[${members.join(' ')}]`) },
    { weight: 2, arbitrary: tie('entries').map((inside) => `<< ${inside} >>`) },
  ),
  entries: array(tuple(constantFrom(...keys), tie('value')), { maxLength: 4 }).map((pairs) =>
    pairs.map(([key, inside]) => `/${key} ${inside}`).join(' '),
  ),
}));

const parameters = record({
  predictor: constantFrom(...numbers, '12', '15'),
  columns: constantFrom(...numbers),
  filter: constantFrom(...filters),
}).map(({ predictor, columns, filter }) => {
  return `/Filter ${filter} /DecodeParms << /Predictor ${predictor} /Columns ${columns} >>`;
});

/** PDFs whose frame is sound, so that readers come to what is odd in them. */
export const structures: Arbitrary<Structure> = record({
  catalog: entries,
  pages: entries,
  page: entries,
  trailer: oneof(constantFrom(''), entries),
  objects: array(value, { minLength: 2, maxLength: 5 }),
  stream: record({ dictionary: oneof(constantFrom('/Filter /FlateDecode'), parameters), deflated: nat({ max: 3 }) }),
  compressed: boolean(),
  widths: option(array(nat({ max: 9 }), { minLength: 3, maxLength: 3 }), { nil: [1, 4, 2], freq: 3 }),
});

type Entry = [type: number, second: number, third: number];

const streamOf = (dictionary: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);

const content = ({ dictionary, deflated }: Structure['stream']): Buffer => {
  let bytes: Buffer = Buffer.from('q 1 0 0 1 0 0 cm 0 0 100 100 re f Q '.repeat(200));
  for (let times = 0; times < deflated; times += 1) bytes = deflateSync(bytes);
  return streamOf(dictionary, bytes);
};

const objectStream = (objects: string[]): Buffer => {
  let at = 0;
  const head = objects.map((object, index) => {
    const start = at;
    at += object.length + 1;
    return `${index + 1} ${start}`;
  });
  const first = `${head.join(' ')} `;
  const dictionary = `/Type /ObjStm /N ${objects.length} /First ${first.length} /Filter /FlateDecode`;
  return streamOf(dictionary, deflateSync(Buffer.from(first + objects.join(' '))));
};

/** Writes objects one after the other; gives where each is. */
const writeObjects = (objects: [number, Buffer][]): { body: Buffer; offsets: Map<number, number> } => {
  let body: Buffer = Buffer.from('%PDF-1.7\n');
  const offsets = new Map<number, number>();
  for (const [number, object] of objects) {
    offsets.set(number, body.length);
    body = Buffer.concat([body, Buffer.from(`${number} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
  }
  return { body, offsets };
};

const fieldOf = (number: number, width: number): string =>
  width
    ? number
        .toString(16)
        .padStart(width * 2, '0')
        .slice(-width * 2)
    : '';

const crossReferenceStream = (entries: Entry[], { widths, trailer }: Structure): Buffer => {
  const rows = entries.map((entry) => entry.map((number, column) => fieldOf(number, widths[column]!)).join(''));
  const dictionary = `/Type /XRef /W [${widths.join(' ')}] /Root 1 0 R /Size ${entries.length} ${trailer}`;
  return streamOf(`${dictionary} /Filter /FlateDecode`, deflateSync(Buffer.from(rows.join(''), 'hex')));
};

const crossReferenceTable = (entries: Entry[], trailer: string): Buffer => {
  const lines = entries.map(([type, offset]) => `${String(offset).padStart(10, '0')} 00000 ${type ? 'n' : 'f'} \n`);
  const head = `xref\n0 ${entries.length}\n${lines.join('')}`;
  return Buffer.from(`${head}trailer\n<< /Root 1 0 R /Size ${entries.length} ${trailer} >>`);
};

const frame = ({ catalog, pages, page, objects }: Structure): string[] => [
  `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
  `<< /Type /Pages /Kids [3 0 R] /Count 1 ${pages} >>`,
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents ${objects.length + 4} 0 R ${page} >>`,
  ...objects,
];

/** The bytes of a structure. */
export const writeStructure = (structure: Structure): Buffer => {
  const objects = frame(structure);
  const [streamNumber, holder] = [objects.length + 1, objects.length + 2];
  const plain = objects.map((object, index): [number, Buffer] => [index + 1, Buffer.from(object)]);
  const kept: [number, Buffer][] = structure.compressed ? [[holder, objectStream(objects)]] : plain;
  const { body, offsets } = writeObjects([...kept, [streamNumber, content(structure.stream)]]);
  const entries = Array.from({ length: holder + 1 }, (_, number): Entry => {
    const offset = offsets.get(number);
    if (offset !== undefined) return [1, offset, 0];
    return structure.compressed && number > 0 ? [2, holder, number - 1] : [0, 0, 0];
  });
  const last = structure.compressed
    ? Buffer.concat([
        Buffer.from(`${holder + 1} 0 obj\n`),
        crossReferenceStream(entries, structure),
        Buffer.from('\nendobj'),
      ])
    : crossReferenceTable(entries, structure.trailer);
  return Buffer.concat([body, last, Buffer.from(`\nstartxref\n${body.length}\n%%EOF\n`)]);
};
