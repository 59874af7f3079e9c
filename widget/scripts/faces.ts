import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Face } from '../src/autograph/faces.ts';
import type { Outlines } from '../src/autograph/faces/outlines.ts';

/** The few names of opentype.js that are used here; it comes without types. */
interface OpenType {
  parse: (bytes: ArrayBuffer) => { unitsPerEm: number; charToGlyph(character: string): Glyph };
}

interface Glyph {
  index: number;
  advanceWidth?: number;
  getPath(x: number, y: number, fontSize: number): { commands: Command[] };
}

type Command = { type: 'M' | 'L' | 'Q' | 'C' | 'Z' } & Partial<Record<(typeof coordinates)[number], number>>;

const coordinates = ['x1', 'y1', 'x2', 'y2', 'x', 'y'] as const;

const require = createRequire(import.meta.url);
const { parse } = require('opentype.js') as OpenType;
const folder = join(import.meta.dirname, '../src/autograph/faces');

/** Our faces, and the fonts they are taken from: reserved names are not for what was made of a font (OFL, 3). */
export const sources: Record<Face, string> = {
  brisa: 'sacramento',
  pluma: 'dancing-script',
  rubrica: 'mrs-saint-delafield',
};

/** Letters of Spanish, Portuguese and English, and what names are written with besides. */
const letters = [
  ...Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)),
  ...Array.from(' ÁÀÂÃÄÇÉÈÊËÍÌÎÏÑÓÒÔÕÖÚÙÛÜáàâãäçéèêëíìîïñóòôõöúùûüªº’¡¿'),
];

/** Units to the em in an outline: finer is not to be seen at the size of an autograph. */
const units = 1_000;

/** Lines that go nowhere are left out. */
const pathOf = (commands: Command[]): string =>
  commands
    .map(write)
    .filter((text, at, all) => !(text.startsWith('L') && all[at - 1]!.endsWith(text.slice(1))))
    .join('');

/**
 * A command of an SVG path, in whole units. Written here, as opentype.js forgets the space before a coordinate that
 * is rounded to −0, which makes one number of two.
 */
function write(command: Command): string {
  const numbers = coordinates.flatMap((name) => (command[name] === undefined ? [] : Math.round(command[name])));
  const texts = numbers.map((number, at) => (at > 0 && number >= 0 ? ` ${number}` : String(number)));
  return command.type + texts.join('');
}

async function outlinesOf(font: string): Promise<Outlines> {
  const bytes = await readFile(require.resolve(`@fontsource/${font}/files/${font}-latin-400-normal.woff`));
  const parsed = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const outlines: Outlines = {};
  for (const letter of letters) {
    const glyph = parsed.charToGlyph(letter);
    if (glyph.index === 0) continue;
    const advance = Math.round(((glyph.advanceWidth ?? 0) * units) / parsed.unitsPerEm);
    outlines[letter] = [advance, pathOf(glyph.getPath(0, 0, units).commands)];
  }
  return outlines;
}

/** A face as a module: its copyright, and its letters. */
export async function moduleOf(face: Face): Promise<string> {
  const font = sources[face];
  const licence = await readFile(require.resolve(`@fontsource/${font}/LICENSE`), 'utf8');
  const [copyright] = licence.split('\n');
  return `/*! Outlines made of a font. ${copyright!.trim()}
 * SIL Open Font License, Version 1.1: https://openfontlicense.org */
import type { Outlines } from './outlines.ts';

export const outlines: Outlines = ${JSON.stringify(await outlinesOf(font))};
`;
}

export const fileOf = (face: Face): string => join(folder, `${face}.ts`);

if (import.meta.main) {
  await mkdir(folder, { recursive: true });
  for (const face of Object.keys(sources) as Face[]) await writeFile(fileOf(face), await moduleOf(face));
}
