import type { PdfDict } from '#pdf/objects/containers.ts';
import { PdfName, PdfNumber, type PdfObject, type PdfRef } from '#pdf/objects/object.ts';
import type { Dicts } from '#changes/revision/review.ts';

/** What a field has from those above it (ISO 32000-2, 12.7.4.1). */
export interface FieldContext {
  /** Fully qualified. */
  name: string;
  type: string | undefined;
  flags: number;
  /** What it says now, and whether that is new. */
  value: PdfObject | undefined;
  valueChanged: boolean;
}

/** A field, or a widget of one, in both revisions. */
export interface KnownField {
  ref: PdfRef;
  dicts: Dicts;
  context: FieldContext;
}

/** Bit of /Ff (12.7.4.1). */
export const readOnly = 1;

export const inheritedBy = (above: FieldContext, dict: PdfDict, name: string): FieldContext => {
  const [type, flags] = [dict.lookup('FT'), dict.lookup('Ff')];
  return {
    ...above,
    name,
    type: type instanceof PdfName ? type.text : above.type,
    flags: flags instanceof PdfNumber ? flags.value : above.flags,
  };
};
