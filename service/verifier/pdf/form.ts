import { createBudget } from './bounds.ts';
import { PdfDict } from './objects/containers.ts';
import { arrayAt, dictAt, nameAt } from './objects/entries.ts';
import { PdfRef, type PdfObject } from './objects/object.ts';
import { PdfString } from './objects/strings.ts';
import type { PdfFile } from './pdf-file.ts';

/** A field for a signature (ISO 32000-2, 12.7.5.5). */
export interface SignatureField {
  ref: PdfRef;
  dict: PdfDict;
  /** Fully qualified name (12.7.4.2). */
  name: string;
  /** The signature dictionary, where the field is signed. */
  value: PdfDict | undefined;
}

interface Context {
  parentName: string;
  type: string | undefined;
  depth: number;
}

const mostFields = 50_000;
const mostKids = 4 * mostFields;
const deepest = 32;

const textAt = (dict: PdfDict, key: string): string | undefined => {
  const value = dict.lookup(key);
  return value instanceof PdfString ? value.text() : undefined;
};

interface Walk {
  file: PdfFile;
  found: SignatureField[];
  seen: Set<PdfRef>;
  /** Counts those that were seen before, too: fields may share one array of kids. */
  countKids: (kids: number) => void;
}

const walkKids = (walk: Walk, kids: readonly PdfObject[], context: Context): void => {
  const { file, found, seen } = walk;
  if (context.depth > deepest || seen.size > mostFields) return;
  walk.countKids(kids.length);
  for (const ref of kids) {
    if (!(ref instanceof PdfRef) || seen.has(ref)) continue;
    seen.add(ref);
    const dict = file.objects.lookup(ref);
    if (!(dict instanceof PdfDict)) continue;
    const type = nameAt(dict, 'FT') ?? context.type;
    const own = textAt(dict, 'T');
    const full = [context.parentName, own].filter(Boolean).join('.');
    const below = arrayAt(dict, 'Kids');
    if (type === 'Sig' && (own !== undefined || !below))
      found.push({ ref, dict, name: full, value: dictAt(dict, 'V') });
    else if (below) walkKids(walk, below.members(), { parentName: full, type, depth: context.depth + 1 });
  }
};

/** The document's signature fields, signed and empty. */
export const readSignatureFields = (file: PdfFile): SignatureField[] => {
  const form = dictAt(file.catalog, 'AcroForm');
  const fields = form && arrayAt(form, 'Fields');
  const walk: Walk = { file, found: [], seen: new Set(), countKids: createBudget(mostKids) };
  if (fields) walkKids(walk, fields.members(), { parentName: '', type: undefined, depth: 0 });
  return walk.found;
};
