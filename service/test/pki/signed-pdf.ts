/** A PDF's gaps, filled anew: everything around the CMS stays as the service writes it. */

const open = '/Contents <';

/** Where hexadecimal digits of a signature lie, the first in the file first. */
const gapsOf = (text: string): { start: number; end: number }[] =>
  Array.from(text.matchAll(/\/Contents <[0-9A-Fa-f]{1000,}>/g), ({ index, 0: found }) => ({
    start: index + open.length,
    end: index + found.length - 1,
  }));

export interface Refilled {
  document: Buffer;
  /** What the newest of them covers. */
  covered: Buffer;
  cms: Buffer;
}

export interface Filling {
  /** Name of the form, as in /SubFilter. */
  form?: string;
  /** CMS over these bytes. */
  sign: (covered: Buffer) => Buffer;
  /** Which gap, counted from the first. */
  gap?: number;
}

const coveredBy = (document: Buffer, gap: number): Buffer => {
  const text = document.toString('latin1');
  const ranges = [...text.matchAll(/\/ByteRange *\[ *(\d+) +(\d+) +(\d+) +(\d+)/g)];
  const [, second, third, last] = ranges[gap]!.slice(1).map(Number) as [number, number, number, number];
  return Buffer.concat([document.subarray(0, second), document.subarray(third, third + last)]);
};

/** Writes another form of the same length where the service has written `ETSI.CAdES.detached`. */
const withForm = (text: string, form: string, start: number): string => {
  const written = '/ETSI.CAdES.detached';
  const before = text.lastIndexOf(written, start);
  const after = text.indexOf(written, start);
  const at = before !== -1 && start - before < 400 ? before : after;
  return text.slice(0, at) + `/${form}`.padEnd(written.length) + text.slice(at + written.length);
};

/** Fills one gap of a document that the service has signed with another CMS. */
export const refill = (document: Uint8Array, { form, sign, gap = 0 }: Filling): Refilled => {
  const text = Buffer.from(document).toString('latin1');
  const { start, end } = gapsOf(text)[gap]!;
  const formed = Buffer.from(form ? withForm(text, form, start) : text, 'latin1');
  const covered = coveredBy(formed, gap);
  const cms = sign(covered);
  if (2 * cms.length > end - start) throw new Error(`The gap holds ${(end - start) / 2} bytes, of ${cms.length}`);
  formed.write(cms.toString('hex').padEnd(end - start, '0'), start, 'latin1');
  return { document: formed, covered, cms };
};
