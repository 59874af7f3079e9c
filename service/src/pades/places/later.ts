import type { LaterPlaces } from '@tu-esign/contract';
import type { AskedPlaces } from '#signing/request.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { InitialsPlacer } from './initials.ts';
import { newPlace, type Ground, type NewPlace } from './ground.ts';
import {
  besideOthers,
  besideText,
  createSpots,
  isBesideText,
  listPlacements,
  type Spot,
  type SpotPlacement,
} from './spot.ts';

/** What is laid for one who signs later; assumed where the host says nothing of them. */
type Later = LaterPlaces & { isAssumed?: boolean };

/** What is laid for one who signs later: as the host says; else initials like those of the first. */
const laterOf = ({ of = 1, position: own = 1, later = [], initials }: AskedPlaces): Later[] => {
  const others = Array.from({ length: of }, (_, at) => at + 1).filter((position) => position > own);
  const assumed = (position: number): Later => ({ position, initials, isAssumed: true });
  return others.map((position) => later.find((one) => one.position === position) ?? assumed(position));
};

/** A field of the author's is there already. */
const spotsOf = (later: LaterPlaces): SpotPlacement[] =>
  listPlacements(later).filter((one): one is SpotPlacement => !('field' in one));

const hasField = (later: LaterPlaces): boolean => listPlacements(later).some((one) => 'field' in one);

/**
 * Fields for those who sign later, beside those of the first. They are filled when others have signed what lies below, so that they never lie over text.
 * @throws Problem placement-invalid, anchor-not-found
 */
export const planLater = ({ pages }: Ground, asked: AskedPlaces, own: readonly Spot[]) => {
  const all = laterOf(asked);
  const toSpot = createSpots(pages);
  const places = all.flatMap((one): NewPlace[] => {
    const { position } = one;
    const spots = spotsOf(one).map((placement) => besideOthers(besideText(toSpot(placement)), own));
    const firstIsSignature = !hasField(one);
    return spots.map((spot, at) =>
      newPlace(
        spot,
        firstIsSignature && at === 0
          ? { position, kind: 'signature', number: 1 }
          : { position, kind: 'place', number: at + (firstIsSignature ? 1 : 2) },
      ),
    );
  });
  for (const place of places)
    besideOthers(
      place,
      places.filter((other) => other.of.position !== place.of.position),
    );
  const pagesOf = (position: number): Set<Page> =>
    new Set(places.filter(({ of }) => of.position === position).map(({ page }) => page));
  return {
    places,
    /** After the first signatory's own, which stand nearest to the corner. */
    placeInitials: (placer: InitialsPlacer): NewPlace[] =>
      all.flatMap(({ position, initials, isAssumed }) => {
        if (!initials) return [];
        const spots = placer.place(initials, { signaturePages: pagesOf(position) });
        const open = isAssumed ? spots.filter(isBesideText) : spots.map(besideText);
        return open.map(({ number, ...spot }) => newPlace(spot, { position, kind: 'initials', number }));
      }),
  };
};
