import { readText } from '@tu-esign/verifier/page/content-tokens.ts';
import { operandsOf } from './operators.ts';

/**
 * Where viewers find the end of an image within content (ISO 32000-2, 8.9.7): behind its EI. Each does as its source says:
 * poppler's Gfx.cc and MuPDF's pdf-interpret.c read as many bytes as the image needs and look for EI from there; pdf.js's
 * parser.js looks for it at once, and believes it by what follows.
 */

const markLength = 2;
const behind = (text: string, mark: number): number => (mark === -1 ? text.length : mark + markLength);

/** Whatever follows it. */
export const endByPoppler = (text: string, from: number): number => behind(text, text.indexOf('EI', from));

const before = (text: string, pattern: RegExp, from: number): number => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
};

export const endByMuPdf = (text: string, from: number): number => behind(text, before(text, /EI(?=[\0- </]|$)/g, from));

/** What pdf.js looks at behind an EI: as many bytes of text, and a known operator within so many. */
const textWithin = 15;
const operatorWithin = 75;

const isText = (following: string): boolean => /^(?:[\n\r\u0020-\u007F]|\0(?!\0))*$/.test(following);

/** What pdf.js takes for an operator that it does not know. */
const hasBracket = (text: string): boolean => /[[\]{}]|<<|>>/.test(text.replaceAll(/\((?:[^()\\]|\\[^])*\)/g, ''));

const startsWithOperator = (following: string): boolean => {
  for (const { operator, operands, at } of readText(following)) {
    const known = operandsOf.get(operator);
    if (!known || hasBracket(following.slice(0, at))) return false;
    if (known.atMost ? operands.length <= known.count : operands.length === known.count) return true;
  }
  return false;
};

const isBelieved = (text: string, at: number): boolean =>
  at >= text.length ||
  (isText(text.slice(at, at + textWithin)) && startsWithOperator(text.slice(at, at + operatorWithin)));

/** The first that is believed; where there is none, the last. */
const endByLooking = (text: string, from: number): number => {
  let last = text.length;
  for (const { index } of text.slice(from).matchAll(/(?<!E)EI[\n\r ]/g)) {
    last = from + index + markLength;
    if (isBelieved(text, last + 1)) break;
  }
  return last;
};

/** Markers of JPEG without a length behind them. */
const endsPicture = 0xd9;

const behindPicture = (text: string, from: number): number => {
  for (let at = text.indexOf('\u00FF', from); at !== -1; at = text.indexOf('\u00FF', at)) {
    const marker = text.charCodeAt(at + 1);
    if (marker === endsPicture) return at + 2;
    const hasLength = (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8) || (marker >= 0xda && marker <= 0xef);
    const length = hasLength || marker === 0xfe ? text.charCodeAt(at + 2) * 256 + text.charCodeAt(at + 3) : 0;
    at += marker === 0xff ? 1 : 2 + (length > 2 ? length : 0);
  }
  return -1;
};

/** Behind the end that the data of some filters have; where it is missing, -1. */
const behindData: Readonly<Record<string, (text: string, from: number) => number>> = {
  DCTDecode: behindPicture,
  ASCII85Decode: (text, from) => text.indexOf('~', from),
  ASCIIHexDecode: (text, from) => text.indexOf('>', from),
};

export const endByPdfJs = (text: string, from: number, filter: string | undefined): number => {
  const data = filter === undefined ? -1 : (behindData[filter]?.(text, from) ?? -1);
  return data === -1 ? endByLooking(text, from) : endByPoppler(text, data);
};
