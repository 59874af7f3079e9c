import { PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, asNumber, dictAt, members, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { DocumentPlace } from '@tu-esign/contract';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** An annotation, where it lies, and on which page. */
export interface Annotation {
  dict: PdfDict;
  ref: PdfRef | undefined;
  page: Page;
  place: DocumentPlace;
}

export const readAnnotations = (pages: readonly Page[]): Annotation[] =>
  pages.flatMap((page, index) =>
    (arrayAt(page.dict, 'Annots')?.members() ?? []).flatMap((entry) => {
      const dict = page.dict.source.lookup(entry);
      const ref = entry instanceof PdfRef ? entry : undefined;
      const place = { page: index + 1, object: (ref ?? page.ref).number };
      return dict instanceof PdfDict ? [{ dict, ref, page, place }] : [];
    }),
  );

const deepest = 32;

/** An entry that a field takes from those above it (ISO 32000-2, 12.7.4.1). */
export const inherited = (field: PdfDict, key: string): PdfObject | undefined => {
  let dict: PdfDict | undefined = field;
  for (let depth = 0; dict && depth < deepest; depth += 1) {
    const value = dict.lookup(key);
    if (value !== undefined) return value;
    dict = dictAt(dict, 'Parent');
  }
  return undefined;
};

export const flagsOf = (field: PdfDict): number => asNumber(inherited(field, 'Ff')) ?? 0;

/** Bits of /Ff (tables 227, 230, 232, 234). */
export const fieldFlag = {
  readOnly: 1,
  multiline: 1 << 12,
  password: 1 << 13,
  pushButton: 1 << 16,
  combo: 1 << 17,
  comb: 1 << 24,
} as const;

/** Bits of /F (table 167). */
export const shownFlag = { invisible: 1, hidden: 2, print: 4, noView: 32, toggleNoView: 256 } as const;

/** An appearance, in the state that the annotation is in (12.5.5). */
export const appearanceOf = (annotation: PdfDict, look: 'N' | 'R' | 'D'): PdfStream | undefined => {
  const found = dictAt(annotation, 'AP')?.lookup(look);
  if (found instanceof PdfStream) return found;
  if (!(found instanceof PdfDict)) return undefined;
  const state = found.lookup(nameAt(annotation, 'AS') ?? 'Off');
  return state instanceof PdfStream ? state : undefined;
};

export const normalAppearance = (annotation: PdfDict): PdfStream | undefined => appearanceOf(annotation, 'N');

export const isWidget = ({ dict }: Annotation): boolean => nameAt(dict, 'Subtype') === 'Widget';

/** Whether it is seen on screen, and on paper (12.5.3). */
export const visibility = ({ dict }: Annotation): { shown: boolean; printed: boolean } => {
  const flags = numberAt(dict, 'F') ?? 0;
  const hidden = (flags & shownFlag.hidden) !== 0;
  return {
    shown: !hidden && !(flags & (shownFlag.noView | shownFlag.invisible)),
    printed: !hidden && (flags & shownFlag.print) !== 0,
  };
};

/** The form's own entries, which fields fall back on. */
export const formOf = ({ catalog }: PdfFile): PdfDict | undefined => dictAt(catalog, 'AcroForm');

export const optionsOf = (field: PdfDict): (PdfObject | undefined)[] => {
  const options = inherited(field, 'Opt');
  return options && 'members' in options ? members(options as Parameters<typeof members>[0]) : [];
};
