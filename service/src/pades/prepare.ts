import type { Place as ToldPlace } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { Autograph } from '#signing/autograph.ts';
import type { AskedPlaces } from '#signing/request.ts';
import { addAppearances, type AppearancePlace } from '#appearance/appearance.ts';
import { readArchival } from '#appearance/archival.ts';
import type { Facts } from '#appearance/facts.ts';
import { addEmptyForm } from '#writing/empty-form.ts';
import { addField } from '#writing/add-field.ts';
import { addPage } from '#writing/add-page.ts';
import { fillField } from '#writing/fill-field.ts';
import { createIncrementalUpdate, type IncrementalUpdate } from '#writing/incremental-update.ts';
import { signatureDictionary } from '#writing/signature-dictionary.ts';
import { tagField } from '#writing/tag-field.ts';
import { writeWithGap, type PreparedSignature } from '#pades/prepared-signature.ts';
import { leastAddedPage, type Place } from '#pades/places/choose-place.ts';
import { readGround } from '#pades/places/ground.ts';
import { planPlaces, type FurtherPlace } from '#pades/places/plan.ts';
import { describe, lockFor, putPlaces } from '#pades/places/put.ts';
import { tellSignature } from '#pades/places/told.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { viewOf, type Box } from '@tu-esign/verifier/pdf/geometry.ts';
import { dictAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';

export interface PrepareOptions extends AskedPlaces {
  document: Uint8Array;
  /** Partial name of the new field, without a full stop (ISO 32000-2, 12.7.4.2). */
  fieldName: string;
  facts: Facts;
  autograph: Autograph;
  /** Drawn where initials go; by default the autograph is. */
  initialsInk?: Autograph | undefined;
  /** What /M says. */
  signedAt: Date;
  /** Room for larger time-stamps than the embedded authority's. */
  moreBytes?: number | undefined;
}

/** The same, and where the signature is seen. */
export interface PlacedSignature extends PreparedSignature {
  /** Null where the document has no room for it. */
  place: ToldPlace | null;
}

const pageFor = (file: PdfFile, update: IncrementalUpdate, { place, pages }: { place: Place; pages: Page[] }): Page =>
  'page' in place
    ? place.page
    : addPage(file, update, { last: place.addedAfter, count: pages.length, least: leastAddedPage });

interface Target {
  file: PdfFile;
  update: IncrementalUpdate;
}

/** Adds what is to be seen in places of these sizes; one for each. */
export type Draw = (target: Target, places: readonly AppearancePlace[], options: PrepareOptions) => Promise<PdfRef[]>;

const drawn: Draw = (target, places, { facts, autograph, initialsInk }) =>
  addAppearances(target, places, { facts, autograph, initials: initialsInk });

/** PDF/A-1 wants an appearance of every field, of those as well that are not shown (ISO 19005-1, 6.9). */
const unseen = (target: Target): PdfRef | undefined =>
  readArchival(target.file).part === 1 ? addEmptyForm(target, { width: 0, height: 0 }) : undefined;

const sizeOf = (kind: AppearancePlace['kind'], { left, bottom, right, top }: Box, page: Page): AppearancePlace => ({
  kind,
  width: right - left,
  height: top - bottom,
  rotation: viewOf(page).rotation,
});

const kindOf = ({ of }: FurtherPlace): AppearancePlace['kind'] => (of.kind === 'initials' ? 'initials' : 'signature');

/**
 * Draws the visible signature and writes the incremental update with an empty /Contents, its /ByteRange
 * covering the rest of the whole file. Whoever holds the key fills the gap.
 * @throws Problem placement-invalid; document-damaged where the page the host wants cannot be read
 */
export const prepareSignature = async (options: PrepareOptions, ports: Ports): Promise<PreparedSignature> => {
  try {
    return await updateWithSignature(options, ports);
  } catch (error) {
    throw error instanceof Fault ? new Problem('document-damaged', undefined, { cause: error }) : error;
  }
};

/**
 * The same, with the place.
 * @param draw by default, what is signed is drawn
 * @throws Fault where what must be read for it is not to the letter
 */
export const updateWithSignature = async (
  options: PrepareOptions,
  ports: Ports,
  draw = drawn,
): Promise<PlacedSignature> => {
  const { document, facts, signedAt } = options;
  const file = openPdf(document, ports);
  const ground = readGround(file);
  const { pages, fields, signed } = ground;
  const plan = planPlaces(ground, options);
  const place = plan.signature;
  const update = createIncrementalUpdate(file);
  const target = { file, update };
  const page = pageFor(file, update, { place, pages });
  const seen = place.box ? [sizeOf('signature', place.box, page)] : [];
  const others = plan.further.map((own) => sizeOf(kindOf(own), own.box, own.page));
  const appearances = await draw(target, [...seen, ...others], options);
  const appearance = place.box ? appearances[0] : undefined;
  const signature = file.objects.nextRef();
  const lock = lockFor(target, plan);
  if (place.field) fillField(file, update, { field: place.field, signature, appearance });
  else {
    const field = addField(file, update, {
      name: options.fieldName,
      description: describe('signature', facts.locale, facts.signatory),
      page,
      pages,
      box: place.box,
      appearance: appearance ?? unseen(target),
      signature,
      lock: lock?.ref,
    });
    // Of a document that is signed, the structure is signed too.
    if (!signed) tagField(target, { page, widget: field });
  }
  putPlaces(target, { plan, pages, facts, appearances: appearances.slice(seen.length) });
  const dictionary = signatureDictionary(facts.signatory, {
    time: signedAt,
    moreBytes: options.moreBytes,
    lock: (place.field && dictAt(place.field.dict, 'Lock')) ?? lock?.dict,
  });
  const prepared = writeWithGap(document, update, { ref: signature, dictionary });
  const grown = openPdf(prepared.document, ports);
  const laid = plan.later.filter(({ of }) => of.kind === 'signature').length;
  const before = { fields: fields.length, signed: fields.filter(({ value }) => value !== undefined).length };
  assertGrown(grown, { pages: pages.length, ...before, place, laid });
  return { ...prepared, place: tellSignature(place, pages) };
};

/** Reads the result as the next reader will. @throws Error, a bug, where it grew by anything unexpected */
const assertGrown = (
  file: PdfFile,
  before: { pages: number; fields: number; signed: number; place: Place; laid: number },
): void => {
  const added = 'addedAfter' in before.place ? 1 : 0;
  const newFields = (before.place.field ? 0 : 1) + before.laid;
  const fields = readSignatureFields(file);
  if (fields.length !== before.fields + newFields) throw new Error('The update did not sign one field');
  const signed = fields.filter(({ value }) => value !== undefined).length;
  if (signed !== before.signed + 1) throw new Error('The update did not sign one field');
  if (readPages(file).length !== before.pages + added) throw new Error('The update changed the pages');
};
