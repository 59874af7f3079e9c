import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import fontverter from 'fontverter';
import { loadHarfBuzz } from './harfbuzz.ts';

export type Weight = 400 | 600;

/** A font file on disk. */
export interface FontFile {
  /** Name of the typeface without spaces, as it goes into /BaseFont. */
  name: string;
  path: string;
  /** Whether the weight is chosen by the axis `wght`; otherwise the file has one. */
  variable: boolean;
}

const require = createRequire(import.meta.url);

/** Typefaces that come in slices of scripts (CSS unicode-range), each a variable font. The order decides between two that have a character. */
const sliced = ['noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-sc', 'noto-sans-jp', 'noto-sans-kr', 'noto-emoji'];

const whole: Record<Weight, FontFile> = {
  400: wholeFile('400Regular/NotoSans_400Regular.ttf'),
  600: wholeFile('600SemiBold/NotoSans_600SemiBold.ttf'),
};

function wholeFile(file: string): FontFile {
  return { name: 'NotoSans', path: require.resolve(`@expo-google-fonts/noto-sans/${file}`), variable: false };
}

interface Slice extends FontFile {
  /** First and last code points. */
  ranges: [number, number][];
}

const toRange = (text: string): [number, number] => {
  const [first, last = first] = text.slice(2).split('-');
  return [Number.parseInt(first!, 16), Number.parseInt(last!, 16)];
};

const pascal = (name: string): string =>
  name
    .replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/(?:Sc|Jp|Kr)$/, (tail) => tail.toUpperCase());

const slicesOf = (family: string): Slice[] => {
  const listed = JSON.parse(
    readFileSync(require.resolve(`@fontsource-variable/${family}/unicode.json`), 'utf8'),
  ) as Record<string, string>;
  return Object.entries(listed).map(([key, ranges]) => ({
    name: pascal(family),
    path: require.resolve(
      `@fontsource-variable/${family}/files/${family}-${key.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`,
    ),
    variable: true,
    ranges: ranges.split(',').map(toRange),
  }));
};

const loadedSlices = new Map<string, Slice[]>();

const readSlices = (family: string): Slice[] => {
  const known = loadedSlices.get(family) ?? slicesOf(family);
  loadedSlices.set(family, known);
  return known;
};

/** A font, unpacked. */
export interface LoadedFont {
  bytes: Uint8Array;
  has: (codePoint: number) => boolean;
}

const loaded = new Map<string, Promise<LoadedFont>>();

const load = async ({ path }: FontFile): Promise<LoadedFont> => {
  const { Blob, Face } = await loadHarfBuzz();
  const bytes = await fontverter.convert(await readFile(path), 'sfnt');
  const all = new Set(new Face(new Blob(bytes)).collectUnicodes());
  return { bytes, has: (codePoint) => all.has(codePoint) };
};

/** Reads a font when it is first used. All of them are 20 MB, unpacked about twice that. */
export const loadFont = (file: FontFile): Promise<LoadedFont> => {
  const known = loaded.get(file.path) ?? load(file);
  loaded.set(file.path, known);
  return known;
};

const covers = ({ ranges }: Slice, codePoint: number): boolean =>
  ranges.some(([first, last]) => first <= codePoint && codePoint <= last);

/** Files that may have a character: slices say more than they have. */
function* candidates(codePoint: number, weight: Weight): Generator<FontFile> {
  yield whole[weight];
  for (const family of sliced) yield* readSlices(family).filter((slice) => covers(slice, codePoint));
}

/** Joins and variants, which shape what is beside them and are nothing to see by themselves. */
const isShaping = (codePoint: number): boolean =>
  codePoint === 0x200c || codePoint === 0x200d || (codePoint >= 0xfe00 && codePoint <= 0xfe0f);

/** The first font with every character of a text, such as a letter with its marks. */
export const findFont = async (text: string, weight: Weight): Promise<FontFile | undefined> => {
  const codePoints = Array.from(text, (character) => character.codePointAt(0)!).filter((one) => !isShaping(one));
  if (codePoints.length === 0) return undefined;
  for (const file of candidates(codePoints[0]!, weight)) {
    const { has } = await loadFont(file);
    if (codePoints.every(has)) return file;
  }
  return undefined;
};
