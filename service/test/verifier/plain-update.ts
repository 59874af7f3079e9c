import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { fromLatin1 } from '@tu-esign/verifier/bytes.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';

/** Updates of a signed file that are written by hand, so that each of their parts may be odd. */

/** Signed twice, each time with a table. */
export const signed = readFileSync(new URL('../fixtures/updates/control.pdf', import.meta.url), 'latin1');
const startOf = (text: string): number => Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)![1]);
/** Where its last table starts. */
export const before = startOf(signed);
const offset = (text: string): string => String(text.length).padStart(10, '0');
export const entry = (text: string): string => `${offset(text)} 00000 n \n`;

/** What all of them say: a new /Info, which is allowed. */
export const info = '40 0 obj\n<< /Producer (x) >>\nendobj\n';

interface Parts {
  /** What is updated. */
  base?: string;
  object?: string;
  /** Between the object and the table. */
  between?: string;
  /** The header of the table's part, and entries before and behind the object's. */
  table?: (entry: string) => string;
  trailer?: string;
  behindTrailer?: string;
  start?: (start: number) => string;
  end?: string;
}

/** An update with a table, plain but for what is given. */
export const withTable = (parts: Parts = {}): string => {
  const { base = signed, object = info, between = '', behindTrailer = '', end = '%%EOF\n' } = parts;
  const own = entry(base);
  const text = base + object + between;
  const trailer = parts.trailer ?? `/Root 1 0 R /Info 40 0 R /Size 41 /Prev ${startOf(base)}`;
  const table = (parts.table ?? ((one) => `40 1\n${one}`))(own);
  const start = (parts.start ?? String)(text.length);
  return `${text}xref\n${table}trailer\n<< ${trailer} >>\n${behindTrailer}startxref\n${start}\n${end}`;
};

export const bytesOf = (rows: number[][], widths: number[]): string =>
  rows
    .flatMap((row) =>
      row.flatMap((value, at) =>
        Array.from({ length: widths[at]! }, (_, i) => (value >> (8 * (widths[at]! - 1 - i))) & 0xff),
      ),
    )
    .map((byte) => String.fromCharCode(byte))
    .join('');

export const streamOf = (entries: string, content: string): string =>
  `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;

interface StreamParts {
  /** What is updated. */
  base?: string;
  /** Between the stream and the section, which is named by where that begins. */
  gap?: string;
  members?: string;
  head?: string;
  type?: string;
  index?: number;
  rows?: number[][];
  widths?: string;
  entries?: string;
  ranges?: string;
  own?: number;
  /** Bytes of each field of a row. */
  fields?: number[];
}

/** The same /Info in an object stream, 41, named by a stream, 42. */
export const withStream = (parts: StreamParts = {}): string => {
  const { head = '40 0 ', members = '<< /Producer (x) >>', type = '/ObjStm', widths = '[1 4 1]', gap = '' } = parts;
  const { base = signed, fields = [1, 4, 1] } = parts;
  const count = head.trim().split(/\s+/).length / 2;
  const stream = `41 0 obj\n${streamOf(`/Type ${type} /N ${count} /First ${head.length}`, head + members)}\nendobj\n`;
  const [at, start] = [base.length, base.length + stream.length];
  const rows = parts.rows ?? [
    [2, 41, parts.index ?? 0],
    [1, at, 0],
    [1, start, 0],
  ];
  const { entries = `/Root 1 0 R /Info 40 0 R /Size 43 /Prev ${startOf(base)}`, ranges = '[40 3]', own = 42 } = parts;
  const index = ranges && `/Index ${ranges}`;
  const section = streamOf(`/Type /XRef /W ${widths} ${index} ${entries}`, bytesOf(rows, fields));
  return `${base}${stream}${gap}${own} 0 obj\n${section}\nendobj\nstartxref\n${start}\n%%EOF\n`;
};

/** What is told of the last signature. */
export const faultsOf = async (document: string | Uint8Array): Promise<(string | undefined)[]> => {
  const verdict = await verifyDocument(
    { document: typeof document === 'string' ? fromLatin1(document) : document, now: new Date() },
    nodePorts,
  );
  expect(verdict.signatures.length || verdict.fault).toBeTruthy();
  const changes = verdict.signatures.at(-1)?.changes ?? [];
  return [
    ...(verdict.fault ? [verdict.fault] : []),
    ...changes.flatMap(({ allowed, detail }) => (allowed ? [] : [detail])),
  ];
};
