import { expect } from 'chai';
import { findText, foldText, type TextPiece } from './find-text.ts';

const piecesOf = (...lines: string[]): TextPiece[] => lines.map((text) => ({ text, endsLine: true }));

/** What was found, as the document has it. */
const find = (pieces: TextPiece[], wish: string): string[] =>
  findText(foldText(pieces), wish).map(({ from, to }) => {
    if (from.piece === to.piece) return pieces[from.piece]!.text.slice(from.at, to.at + 1);
    return `${pieces[from.piece]!.text.slice(from.at)}|${pieces[to.piece]!.text.slice(0, to.at + 1)}`;
  });

describe('finding text', () => {
  it('minds neither accents nor case, in the document or in the wish', () => {
    const pieces = piecesOf('La OBLIGACIÓN del acreedor', 'otra obligacion más');
    expect(find(pieces, 'Obligación')).to.deep.equal(['OBLIGACIÓN', 'obligacion']);
    expect(find(pieces, 'mas')).to.deep.equal(['más']);
  });

  it('finds what goes on in the next line, and what is set with a ligature', () => {
    const pieces = piecesOf('tasa de interés', 'moratorio ﬁjo');
    expect(find(pieces, 'interes moratorio')).to.deep.equal(['interés|moratorio']);
    expect(find(pieces, 'fijo')).to.deep.equal(['ﬁjo']);
  });

  it('takes any white space for one space, and nothing for nothing', () => {
    expect(find([{ text: 'a  b', endsLine: false }], 'a b')).to.deep.equal(['a  b']);
    expect(find(piecesOf('a b'), '  ')).to.deep.equal([]);
  });

  it('finds every place, and none in the middle of another', () => {
    expect(find(piecesOf('aaaa'), 'aa')).to.have.length(2);
  });
});
