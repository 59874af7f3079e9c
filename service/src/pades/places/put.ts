import type { Locale } from '@tu-esign/contract';
import { readArchival } from '#appearance/archival.ts';
import type { Facts } from '#appearance/facts.ts';
import { addField, type FieldOptions } from '#writing/add-field.ts';
import { addEmptyForm } from '#writing/empty-form.ts';
import { fillPlace } from '#writing/fill-place.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import { tagField } from '#writing/tag-field.ts';
import type { PlaceKind } from '@tu-esign/verifier/changes/place-names.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { PdfHexString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { NewPlace } from './ground.ts';
import type { Plan } from './plan.ts';

interface Target {
  file: PdfFile;
  update: IncrementalUpdate;
}

const descriptions: Record<Locale, Record<PlaceKind, string>> = {
  'es-MX': { signature: 'Firma de', place: 'Firma de', initials: 'Rúbrica de' },
  en: { signature: 'Signature of', place: 'Signature of', initials: 'Initials of' },
  'pt-BR': { signature: 'Assinatura de', place: 'Assinatura de', initials: 'Rubrica de' },
};

const unnamed: Record<Locale, string> = { 'es-MX': 'firmante', en: 'signatory', 'pt-BR': 'signatário' };

/** What a screen reader says of a field. */
export const describe = (kind: PlaceKind, locale: Locale, signatory: string): string =>
  `${descriptions[locale][kind]} ${signatory}`;

/** A lock of fields by their names, as a signature field has it (12.7.5.5). */
const addLock = ({ file: { objects }, update }: Target, names: readonly string[]): { ref: PdfRef; dict: PdfDict } => {
  const Fields = names.map((name) => PdfHexString.ofText(name));
  const dict = objects.dict({ Type: 'SigFieldLock', Action: 'Include', Fields });
  return { ref: update.add(dict), dict };
};

/** The signature locks what it is shown in besides its own field; undefined where that is nothing. */
export const lockFor = (target: Target, { further }: Plan): { ref: PdfRef; dict: PdfDict } | undefined =>
  further.length
    ? addLock(
        target,
        further.map(({ name }) => name),
      )
    : undefined;

interface Put {
  plan: Plan;
  pages: readonly Page[];
  facts: Facts;
  /** One for each further place. */
  appearances: readonly PdfRef[];
}

const addNew = (target: Target, options: FieldOptions): void => {
  const widget = addField(target.file, target.update, options);
  tagField(target, { page: options.page, widget });
};

/** PDF/A-1 wants an appearance of every field (ISO 19005-1, 6.9). */
const unfilled = (target: Target, { box }: NewPlace): PdfRef | undefined =>
  readArchival(target.file).part === 1
    ? addEmptyForm(target, { width: box.right - box.left, height: box.top - box.bottom })
    : undefined;

const layLater = (target: Target, place: NewPlace, { plan, pages, facts: { locale } }: Put): void => {
  const { page, box, name, of } = place;
  const description = describe(of.kind, locale, `${unnamed[locale]} ${of.position}`);
  const isOwn = (other: NewPlace): boolean => other.of.position === of.position && other.of.kind !== 'signature';
  const locked = of.kind === 'signature' ? plan.later.filter(isOwn).map((own) => own.name) : [];
  addNew(target, {
    name,
    description,
    page,
    pages,
    box,
    appearance: unfilled(target, place),
    ...(of.kind === 'signature' ? {} : { text: '' }),
    ...(locked.length && { lock: addLock(target, locked).ref }),
  });
};

/** Puts all besides the signature itself where it goes: further places and initials, and fields for who signs later. */
export const putPlaces = (target: Target, put: Put): void => {
  const { plan, pages, facts, appearances } = put;
  for (const [at, place] of plan.further.entries()) {
    const [value, appearance] = [facts.signatory, appearances[at]!];
    if ('field' in place) fillPlace(target, { field: place.field, value, appearance });
    else {
      const { name, page, box, of } = place;
      const description = describe(of.kind, facts.locale, value);
      addNew(target, { name, description, page, pages, box, appearance, text: value });
    }
  }
  for (const place of plan.later) layLater(target, place, put);
};
