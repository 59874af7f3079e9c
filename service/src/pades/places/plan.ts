import type { Placement } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { AskedPlaces } from '#signing/request.ts';
import { placeName, readPlaceName } from '@tu-esign/verifier/changes/place-names.ts';
import type { Box } from '@tu-esign/verifier/pdf/geometry.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { UsableField } from '#pades/fields/empty-fields.ts';
import { choosePlace, type Place } from './choose-place.ts';
import { newPlace, signedSpots, type Ground, type NewPlace } from './ground.ts';
import { createInitialsPlacer, pagesFor } from './initials.ts';
import { readLaidFields, type LaidField } from './laid.ts';
import { planLater } from './later.ts';
import { besideOthers, createSpots, listPlacements, type Spot, type SpotPlacement } from './spot.ts';

/** One more place of the signatory who signs: in a field that was laid before, or in a new one. */
export type FurtherPlace = NewPlace | LaidField;

/** Where all goes in one revision. */
export interface Plan {
  /** The place of the signature itself. */
  signature: Place;
  further: FurtherPlace[];
  /** To be laid for those who sign later. */
  later: NewPlace[];
}

type InField = Extract<Placement, { field: string }>;
const isField = (placement: Placement): placement is InField => 'field' in placement;

/** The signature goes into a field where one is named, else into the first place; the others are further ones. */
const partPlacements = (asked: AskedPlaces) => {
  const all = listPlacements(asked);
  const named = all.filter(isField);
  if (named.length > 1)
    throw new Problem('placement-invalid', 'One signature fills one field: further places are no fields');
  const spots = all.filter((one): one is SpotPlacement => !isField(one));
  return named[0] ? { first: named[0], others: spots } : { first: spots[0], others: spots.slice(1) };
};

const isAlike = (one: Box, other: Box): boolean =>
  (['left', 'bottom', 'right', 'top'] as const).every((edge) => Math.abs(one[edge] - other[edge]) < 1);

const isSameSpot = (one: Spot, other: Spot): boolean => one.page === other.page && isAlike(one.box, other.box);

/** What was laid for others is theirs. */
const withoutLaid = (empty: readonly UsableField[]): UsableField[] => empty.filter(({ name }) => !readPlaceName(name));

const laidSignature = ({ empty }: Ground, position: number): UsableField | undefined =>
  empty.find(({ name }) => name === placeName({ position, kind: 'signature', number: 1 }));

type Wanted = Spot | { field: string } | undefined;

const placeSignature = (ground: Ground, wanted: Wanted, position: number): Place => {
  const { pages, signed, permissions, fields } = ground;
  const laid = laidSignature(ground, position);
  const isLaid = laid?.box && (!wanted || ('page' in wanted && isSameSpot(wanted, { page: laid.page, box: laid.box })));
  if (isLaid) return { page: laid.page, box: laid.box, field: laid };
  if (signed && wanted && 'page' in wanted) besideOthers(wanted, signedSpots(ground));
  return choosePlace(pages, { wanted, signed, permissions, fields, empty: withoutLaid(ground.empty) });
};

const spotOf = (place: Place): Spot[] => ('page' in place && place.box ? [{ page: place.page, box: place.box }] : []);

/** Before anybody has signed: all places are new, and those of who signs later are laid. */
const planFirst = (ground: Ground, asked: AskedPlaces, signature: Place, others: Spot[]): Plan => {
  const { pages } = ground;
  const { position = 1 } = asked;
  const spots = [...spotOf(signature), ...others];
  const later = planLater(ground, asked, spots);
  const placer = createInitialsPlacer(pages, [...spots, ...later.places]);
  const onPages = new Set(spots.map(({ page }) => page));
  const own = asked.initials ? placer.place(asked.initials, { signaturePages: onPages }) : [];
  return {
    signature,
    further: [
      ...others.map((spot, at) => newPlace(spot, { position, kind: 'place', number: at + 2 })),
      ...own.map(({ number, ...spot }) => newPlace(spot, { position, kind: 'initials', number })),
    ],
    later: [...later.places, ...later.placeInitials(placer)],
  };
};

/** In a signed document nothing new is put beside the signature: what was laid for this signatory is filled. */
const planAmongLaid = (ground: Ground, asked: AskedPlaces, signature: Place, others: Spot[] | undefined): Plan => {
  const laid = readLaidFields(ground.file, ground.pages, asked.position ?? 1);
  const places = laid.filter(({ of }) => of.kind === 'place');
  const further = others
    ? others.map((spot) => places.find((own) => isSameSpot(own, spot)) ?? missing('Further places'))
    : places;
  const spots = [...spotOf(signature), ...further];
  const initials = asked.initials
    ? laidInitials(laid, pagesFor(asked.initials, ground.pages, new Set(spots.map(({ page }) => page))), asked.initials)
    : [];
  return { signature, further: [...further, ...initials], later: [] };
};

const missing = (what: string): never => {
  throw new Problem(
    'placement-invalid',
    `${what} in a document that is signed already must have been laid when the first signatory signed: name them in that token (sequence.places)`,
  );
};

/** On pages that are named, all must be there; else on those for which they were laid. */
const laidInitials = (
  laid: readonly LaidField[],
  wanted: readonly Page[],
  { pages }: NonNullable<AskedPlaces['initials']>,
): LaidField[] => {
  const found = laid.filter(({ of, page }) => of.kind === 'initials' && wanted.includes(page));
  const isEnough = Array.isArray(pages) ? found.length === wanted.length : found.length > 0 || wanted.length === 0;
  return isEnough ? found : missing('Initials');
};

/**
 * Where all goes that a signatory's revision puts into a document.
 * @throws Problem placement-invalid, anchor-not-found, field-not-found, field-not-empty, document-locked
 */
export const planPlaces = (ground: Ground, asked: AskedPlaces): Plan => {
  const { first, others } = partPlacements(asked);
  const toSpot = createSpots(ground.pages);
  const wanted = first && (isField(first) ? first : toSpot(first));
  const signature = placeSignature(ground, wanted, asked.position ?? 1);
  const spots = others.map(toSpot);
  if (ground.signed) return planAmongLaid(ground, asked, signature, first ? spots : undefined);
  return planFirst(ground, asked, signature, spots);
};
