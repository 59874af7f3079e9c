/** What a field of the service's own is for: a signature, a further place of one autograph, or initials. */
export type PlaceKind = 'signature' | 'place' | 'initials';

/** Whose a field of the service's own is. */
export interface PlaceName {
  /** Of the signatory among those who sign, from 1. */
  position: number;
  kind: PlaceKind;
  /** Of a further place, counted from 2; of initials, their page. */
  number: number;
}

/** How a field is named that is laid for a signatory. */
export const placeName = ({ position, kind, number }: PlaceName): string =>
  `tu-esign signatory ${position} ${kind} ${number}`;

const pattern = /^tu-esign signatory (\d{1,2}) (signature|place|initials) (\d{1,6})$/;

/** Undefined for fields that the service has not laid. */
export const readPlaceName = (name: string): PlaceName | undefined => {
  const [, position, kind, number] = pattern.exec(name) ?? [];
  return kind ? { position: Number(position), kind: kind as PlaceKind, number: Number(number) } : undefined;
};
