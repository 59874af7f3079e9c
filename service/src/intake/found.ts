import type { DocumentFindingName, DocumentPlace } from '@tu-esign/contract';

/** Everything that was found in a document, by its name: where it is, in the order in which it was met. */
export type Found = ReadonlyMap<DocumentFindingName, readonly DocumentPlace[]>;

/** Takes down what is found. */
export type Note = (finding: DocumentFindingName, place: DocumentPlace) => void;

/** As many places as are told of one finding; a thousand scripts are no more to be believed than ten. */
const mostPlaces = 10;

export const createFindings = (): { found: Found; note: Note } => {
  const found = new Map<DocumentFindingName, DocumentPlace[]>();
  return {
    found,
    note: (finding, place) => {
      const places = found.get(finding) ?? [];
      const isKnown = places.some(({ page, object }) => page === place.page && object === place.object);
      if (!isKnown && places.length < mostPlaces) places.push(place);
      found.set(finding, places);
    },
  };
};

/** A place, for a person. */
export const describePlace = ({ page, object }: DocumentPlace): string =>
  [page === undefined ? [] : `page ${page}`, object === undefined ? [] : `object ${object}`].flat().join(', ') ||
  'the document';
