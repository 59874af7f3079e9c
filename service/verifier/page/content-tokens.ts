import { fromHex as bytesOfHex, toLatin1 } from '#bytes.ts';

/** What a content stream is made of (ISO 32000-2, 7.8.2). Strings keep their bytes as latin1 characters. */
export type Operand = number | { name: string } | { string: string } | Operand[] | null;

export interface Operation {
  operator: string;
  operands: Operand[];
  /** Behind the operator; of an image within the content behind ID, before its data. */
  at: number;
  /** Of an image within the content: whether readers may find its end elsewhere. */
  doubtful?: boolean;
}

/** White space as PDF has it (7.2.3): NUL is some, and what else JavaScript takes for it is not. */
const space = String.raw`\0\t\n\f\r `;
const regular = `[^${space}()<>[\\]{}/%]`;
const pattern = new RegExp(
  [
    String.raw`%[^\r\n]*`,
    `/(${regular}*)`,
    String.raw`([+-]*\d*\.?\d+(?:-\d+)?|[+-]*\d+\.?)(?!${regular})`,
    '(<<|>>)',
    '<([^>]*)>',
    String.raw`([()[\]{}])`,
    `(${regular}+)`,
    '[<>]',
  ].join('|'),
  'g',
);

/** The end of a literal string that starts behind its parenthesis, and its bytes (7.3.4.2). */
const readLiteral = (text: string, start: number): { string: string; end: number } => {
  let depth = 1;
  let at = start;
  for (; at < text.length && depth > 0; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
  }
  const string = text.slice(start, at - 1).replaceAll(/\\(?:([0-7]{1,3})|(\r\n|[^]))/g, unescape);
  return { string, end: at };
};

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '', '\r\n': '' };

const unescape = (_: string, octal: string | undefined, other: string): string =>
  octal ? String.fromCharCode(Number.parseInt(octal, 8) & 0xff) : (escapes[other] ?? other);

const fromHex = (digits: string): string => {
  // Readers pass over what is no digit.
  const clean = digits.replaceAll(/[^0-9A-Fa-f]/g, '');
  return toLatin1(bytesOfHex(clean.padEnd(clean.length + (clean.length % 2), '0')));
};

/** Where an inline image's data ends: EI between white space (8.9.7). */
const endOfInlineImage = (text: string, start: number): number => {
  const end = /[\0\t\n\f\r ]EI(?=[\0\t\n\f\r /]|$)/g;
  end.lastIndex = start;
  return end.exec(text) ? end.lastIndex : text.length;
};

/** Whether something before that end may be taken for it as well. */
const isDoubtful = (text: string, start: number, end: number): boolean =>
  /EI(?![^\0\t\n\f\r ()<>[\]{}/%])/.test(text.slice(start, Math.max(start, end - 3))) || end === text.length;

/** The operations of a content stream, one after the other. Nonsense is passed over. */
export const readOperations = (content: Uint8Array): Generator<Operation> => readText(toLatin1(content));

/** The same of its text from a place on. */
export function* readText(text: string, from = 0): Generator<Operation> {
  const token = new RegExp(pattern);
  token.lastIndex = from;
  const open: Operand[][] = [[]];
  const push = (operand: Operand): void => {
    open.at(-1)!.push(operand);
  };
  const bracket = (which: string): void => {
    if (which === '(') {
      const { string, end } = readLiteral(text, token.lastIndex);
      push({ string });
      token.lastIndex = end;
    } else if (which === '[') open.push([]);
    else if (which === ']' && open.length > 1) push(open.pop()!);
  };
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [, named, number, , hex, punctuation, word] = match;
    if (named !== undefined) push({ name: named });
    else if (number !== undefined) push(Number.parseFloat(number) || 0);
    else if (hex !== undefined) push({ string: fromHex(hex) });
    else if (punctuation !== undefined) bracket(punctuation);
    else if (word === 'true' || word === 'false' || word === 'null') push(null);
    else if (word !== undefined) {
      const start = token.lastIndex;
      if (word === 'ID') token.lastIndex = endOfInlineImage(text, start);
      const doubtful = word === 'ID' && isDoubtful(text, start, token.lastIndex);
      yield { operator: word, operands: open[0]!, at: start, ...(doubtful && { doubtful }) };
      open.splice(0, open.length, []);
    }
  }
}
