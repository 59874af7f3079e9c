/** Signatures that are written by hand: no key is behind them, and they cover what they should. */

const blank = '0'.repeat(64);
const [from, until, length] = ['1', '2', '3'].map((digit) => digit.repeat(10)) as [string, string, string];

/** Of /ByteRange, before it is known. */
export const ends = { from, until, length };
export const covering = `0 ${from} ${until} ${length}`;

/** A signature's value; what it covers is written once that is known. */
export const valueOf = (range = covering, entries = ''): string =>
  `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${entries} /ByteRange [${range}] /Contents <${blank}> >>`;

/** A value that covers nothing. */
export const valueOverNothing = `<< /Type /Sig /Contents <${blank}> >>`;

const write = (before: string, place: string, value: number): string =>
  before.replace(place, String(value).padEnd(place.length));

/** Has the last signature of a file cover all of it. */
export const cover = (pdf: Buffer): Buffer => {
  const text = pdf.toString('latin1');
  const start = text.lastIndexOf(`<${blank}>`);
  if (start === -1) return pdf;
  const end = start + blank.length + 2;
  const numbers: [string, number][] = [
    [from, start],
    [until, end],
    [length, pdf.length - end],
  ];
  return Buffer.from(
    numbers.reduce((written, [place, value]) => write(written, place, value), text),
    'latin1',
  );
};
