/** A piece of a page's text, as the document has it. */
export interface TextPiece {
  text: string;
  endsLine: boolean;
}

/** A character of a piece. */
interface TextPosition {
  piece: number;
  at: number;
}

/** Where a text was found: from its first character to its last, both included. */
export interface TextMatch {
  from: TextPosition;
  to: TextPosition;
}

/** A text as it is searched, and where each of its characters came from. */
export interface FoldedText {
  text: string;
  pieces: Uint32Array;
  at: Uint32Array;
}

/** Without case, marks and ligatures; any white space is one space, and the end of a line is white space. */
export function foldText(pieces: TextPiece[]): FoldedText {
  const length = pieces.reduce((sum, { text }) => sum + text.length + 1, 0) * 3;
  const folded = { text: '', pieces: new Uint32Array(length), at: new Uint32Array(length) };
  const add = (text: string, piece: number, at: number) => {
    if (text === ' ' && (folded.text === '' || folded.text.endsWith(' '))) return;
    folded.pieces.fill(piece, folded.text.length, folded.text.length + text.length);
    folded.at.fill(at, folded.text.length, folded.text.length + text.length);
    folded.text += text;
  };
  for (const [piece, { text, endsLine }] of pieces.entries()) {
    let at = 0;
    for (const character of text) {
      add(fold(character), piece, at);
      at += character.length;
    }
    if (endsLine) add(' ', piece, Math.max(0, text.length - 1));
  }
  const end = folded.text.length;
  return { text: folded.text, pieces: folded.pieces.slice(0, end), at: folded.at.slice(0, end) };
}

/** Every place where the wish stands, whatever its accents and case. */
export function findText({ text, pieces, at }: FoldedText, wish: string): TextMatch[] {
  const wanted = foldText([{ text: wish, endsLine: false }]).text.trim();
  const matches: TextMatch[] = [];
  if (wanted === '') return matches;
  const positionOf = (index: number): TextPosition => ({ piece: pieces[index]!, at: at[index]! });
  for (let index = text.indexOf(wanted); index >= 0; index = text.indexOf(wanted, index + wanted.length)) {
    matches.push({ from: positionOf(index), to: positionOf(index + wanted.length - 1) });
  }
  return matches;
}

const fold = (character: string): string =>
  /\s/.test(character) ? ' ' : character.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().slice(0, 3);
