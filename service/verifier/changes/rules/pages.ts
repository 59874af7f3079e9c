import { PdfArray } from '#pdf/objects/containers.ts';
import { PdfName, PdfRef, type PdfObject } from '#pdf/objects/object.ts';
import { readPages, type Page } from '#pdf/page-tree.ts';
import {
  compareEntries,
  differs,
  entryOf,
  targetOf,
  valuesOf,
  type Dicts,
  type Pair,
  type Review,
  type Rule,
} from '#changes/revision/review.ts';
import { sameObject } from '#changes/revision/same-object.ts';
import { addAnnotation, removeAnnotations } from './annotations.ts';
import { faultOfPlace } from './covered-place.ts';
import { addedTo, type ChangedWidget, type FormChanges } from './form-changes.ts';
import type { HiddenText } from './hidden-text.ts';

const membersOf = (object: PdfObject | undefined): readonly PdfObject[] =>
  object instanceof PdfArray ? object.members() : [];

/** Where pages hold widgets that were changed. */
type Placements = Map<number, Page[]>;

/** A place that was on no page, or on another one, is a new one there. */
const asPlacedOn = ({ dict }: Page, widget: ChangedWidget): ChangedWidget => {
  const isThere = membersOf(dict.lookup('Annots')).some(
    (member) => member instanceof PdfRef && member.number === widget.number,
  );
  return isThere ? widget : { ...widget, kind: 'new' };
};

interface Checked {
  placements: Placements;
  before: readonly Page[];
  hidden: HiddenText;
}

const checkPlaces = (review: Review, form: FormChanges, { placements, before, hidden }: Checked): void => {
  for (const widget of form.widgets.values()) {
    const { number: object, path, field, mayBePlaced } = widget;
    const pages = placements.get(object) ?? [];
    if (mayBePlaced && pages.length > 1)
      review.refuse({ object, path, field, detail: 'it is shown in several places' });
    for (const page of pages) {
      const was = before.find(({ ref }) => ref.number === page.ref.number);
      const fault = faultOfPlace(was?.dict, page, widget) ?? (was && hidden.faultOf(was, asPlacedOn(was, widget)));
      if (fault) review.refuse({ object, path, field, detail: fault });
    }
  }
};

const notePlaces = (page: Page, form: FormChanges, placements: Placements): void => {
  for (const member of membersOf(page.dict.lookup('Annots'))) {
    if (!(member instanceof PdfRef && form.widgets.has(member.number))) continue;
    const pages = placements.get(member.number) ?? placements.set(member.number, []).get(member.number)!;
    pages.push(page);
  }
};

const compareAnnotations = (review: Review, form: FormChanges, pair: Pair): void => {
  const { old, new: now } = valuesOf(review, pair);
  if ([old, now].some((list) => list !== undefined && !(list instanceof PdfArray)))
    return review.refuse({ object: targetOf(pair), path: pair.path, detail: 'it is no list of annotations' });
  const kept = membersOf(now).filter((member) => membersOf(old).some((other) => sameObject(member, other)));
  const remaining = removeAnnotations(review, pair, { old: membersOf(old), kept });
  const added = addedTo(remaining, membersOf(now));
  if (!added) return review.refuse({ object: targetOf(pair), path: pair.path, detail: 'annotations were moved' });
  for (const member of added) {
    const widget = member instanceof PdfRef ? form.widgets.get(member.number) : undefined;
    const path = `${pair.path}[${membersOf(now).indexOf(member)}]`;
    if (!widget?.mayBePlaced) addAnnotation(review, { member, path });
  }
  return undefined;
};

const comparePage = (
  review: Review,
  form: FormChanges,
  { before, after, at, tabs }: { before: Page; after: Page; at: number; tabs: boolean },
): void => {
  const path = review.reach.pathTo(after.ref.number) || `page ${at + 1}`;
  const dicts: Dicts = { path, holder: before.ref.number, old: before.dict, new: after.dict };
  const annotations = entryOf(dicts, 'Annots');
  const isChanged = review.changed.has(after.ref.number);
  // Whoever refers to a page refers to the page, and finds on it what its own rule lets change.
  if (isChanged) review.claim(after.ref.number, { anyhow: true });
  const Annots: Rule = (pair) => compareAnnotations(review, form, pair);
  const Tabs: Rule = ({ path, new: order }) => {
    const isOrder = order instanceof PdfName && order.text === 'S';
    if (!isOrder) review.refuse({ object: after.ref.number, path, detail: 'the order of fields was changed' });
  };
  if (isChanged) compareEntries(review, dicts, { Annots, ...(tabs && { Tabs }) });
  else if (differs(review, annotations)) compareAnnotations(review, form, annotations);
};

/** Whether the order of fields may be said, and what is known of the text that they hide. */
interface HowPages {
  tabs: boolean;
  hidden: HiddenText;
}

/** Compares all pages, which nothing but annotations is added to. `after` may have one more, which was judged elsewhere. */
export const comparePages = (review: Review, form: FormChanges, { tabs, hidden }: HowPages): void => {
  const [before, after] = [readPages(review.before), readPages(review.after)];
  const placements: Placements = new Map();
  for (const [at, page] of before.entries()) {
    const twin = after[at];
    if (twin?.ref.number !== page.ref.number)
      return review.refuse({ object: page.ref.number, path: `page ${at + 1}`, detail: 'it is another page' });
    comparePage(review, form, { before: page, after: twin, at, tabs });
  }
  for (const page of after) notePlaces(page, form, placements);
  return checkPlaces(review, form, { placements, before, hidden });
};
