import { expect } from 'chai';
import { paragraphsOf, type PlacedText } from './paragraphs.ts';

const line = (text: string, y: number, more: Partial<PlacedText> = {}): PlacedText => ({
  text,
  x: 50,
  y,
  width: 400,
  size: 10,
  endsLine: true,
  ...more,
});

describe('a page as text', () => {
  it('is set in paragraphs: by wider gaps, and after a line that ends short of the others', () => {
    const pieces = [
      line('Contrato', 700, { size: 16, width: 120 }),
      line('Primera. El Prestador instalará', 670),
      line('un sistema.', 658, { width: 80 }),
      line('Segunda. El Cliente pagará', 646),
      line('lo acordado', 634),
      line('Tercera', 600),
    ];
    expect(paragraphsOf(pieces)).to.deep.equal([
      { text: 'Contrato', isHeading: true },
      { text: 'Primera. El Prestador instalará un sistema.', isHeading: false },
      { text: 'Segunda. El Cliente pagará lo acordado', isHeading: false },
      { text: 'Tercera', isHeading: false },
    ]);
  });

  it('keeps pieces of a line together, columns of a table apart, and makes parted words whole', () => {
    const pieces = [
      line('Impor', 700, { width: 30, endsLine: false }),
      line('te', 700, { x: 80, width: 10, endsLine: false }),
      line('$ 68,400.00', 700, { x: 380, width: 60 }),
      line('man\u00ad', 688, { width: 400 }),
      line('tenimiento', 676),
    ];
    expect(paragraphsOf(pieces).map(({ text }) => text)).to.deep.equal(['Importe · $ 68,400.00 mantenimiento']);
  });

  it('is nothing where there is no text', () => {
    expect(paragraphsOf([])).to.deep.equal([]);
  });
});
