import { fromLatin1 } from '#bytes.ts';
import { readOperations, type Operand } from '#page/content-tokens.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfDict, type PdfStream } from '#pdf/objects/containers.ts';
import { dictAt, nameAt } from '#pdf/objects/entries.ts';
import { decodeText } from '#pdf/objects/text.ts';

/** Appearances of fields are short. */
const mostBytes = 1 << 20;

/** A font whose codes are letters as PDFDocEncoding has them, at least those without accents. */
const isPlainFont = (font: unknown): boolean =>
  font instanceof PdfDict && nameAt(font, 'Subtype') !== 'Type0' && !(font.lookup('Encoding') instanceof PdfDict);

const hasPlainFonts = (form: PdfDict): boolean => {
  const resources = dictAt(form, 'Resources');
  const fonts = resources && dictAt(resources, 'Font');
  const isBare = !resources || !['XObject', 'Pattern', 'Shading'].some((key) => resources.has(key));
  return isBare && (fonts?.entries() ?? []).every(([key]) => isPlainFont(fonts!.lookup(key)));
};

/** What draws more than letters and straight lines, or hides letters: text whose mode is not to fill. */
const drawing = new Set(['Do', 'BI', 'sh', 'c', 'v', 'y', 'Tr']);
const showing = new Set(['Tj', 'TJ', "'", '"']);

const stringsIn = (operands: readonly Operand[]): string[] =>
  operands.flatMap((operand) => {
    if (Array.isArray(operand)) return stringsIn(operand);
    return typeof operand === 'object' && operand && 'string' in operand ? [operand.string] : [];
  });

/** The text that a form XObject shows, one string behind the other; undefined where that cannot be told simply. */
export const shownText = (form: PdfStream): string | undefined => {
  if (!hasPlainFonts(form.dict) || form.contents.length > mostBytes) return undefined;
  try {
    const content = decodeStream(form);
    if (content.length > mostBytes) return undefined;
    const operations = [...readOperations(content)];
    if (operations.some(({ operator }) => drawing.has(operator))) return undefined;
    return operations
      .filter(({ operator }) => showing.has(operator))
      .flatMap(({ operands }) => stringsIn(operands).map((string) => decodeText(fromLatin1(string))))
      .join('');
  } catch {
    return undefined;
  }
};
