import { fromHex, toLatin1 } from '#bytes.ts';
import { decodeStream } from '#pdf/filters/decode-stream.ts';
import { PdfDict, type PdfStream } from '#pdf/objects/containers.ts';
import { dictAt, nameAt } from '#pdf/objects/entries.ts';
import { PdfLiteralString } from '#pdf/objects/strings.ts';
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

const shown = /\(((?:\\[^]|[^\\()]|\((?:\\[^]|[^\\()])*\))*)\)|<([0-9a-f\s]*)>(?!>)/gi;

const hexText = (digits: string): string => {
  const plain = digits.replaceAll(/\s/g, '');
  return decodeText(fromHex(plain.length % 2 ? `${plain}0` : plain));
};

/** The text that a form XObject shows, one string behind the other; undefined where that cannot be told simply. */
export const shownText = (form: PdfStream): string | undefined => {
  if (!hasPlainFonts(form.dict) || form.contents.length > mostBytes) return undefined;
  try {
    const content = toLatin1(decodeStream(form));
    const isDrawing = /(?:^|\s)(?:Do|BI|sh|c|v|y)(?=\s|$)/.test(content);
    if (isDrawing || content.length > mostBytes) return undefined;
    return Array.from(content.matchAll(shown), ([, literal, hex]) =>
      literal === undefined ? hexText(hex!) : new PdfLiteralString(literal).text(),
    ).join('');
  } catch {
    return undefined;
  }
};
