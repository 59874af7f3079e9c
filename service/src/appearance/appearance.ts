import { deflateSync } from 'node:zlib';
import type { Autograph } from '#signing/autograph.ts';
import { createFontCollection } from '#appearance/lettering/embedded-fonts.ts';
import { letter } from '#appearance/lettering/lettering.ts';
import type { View } from '@tu-esign/verifier/pdf/geometry.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import type { Literal } from '@tu-esign/verifier/pdf/objects/indirect-objects.ts';
import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from '#writing/incremental-update.ts';
import { inOwnColours, ownColours, readArchival } from './archival.ts';
import { autographImage } from './autograph-image.ts';
import { drawInk, drawStamp, linesOf } from './draw-stamp.ts';
import type { Facts } from './facts.ts';
import { inkOfInitials } from './stamp.ts';

export interface Drawing {
  facts: Facts;
  autograph: Autograph;
  /** Where there are places for them. */
  initials?: Autograph | undefined;
}

export interface AppearancePlace {
  kind: 'signature' | 'initials';
  /** Points. */
  width: number;
  /** Points. */
  height: number;
  rotation: View['rotation'];
}

// Turned against the page's own turning; viewers move and scale the result into /Rect (12.5.5).
export const turned: Record<View['rotation'], number[]> = {
  0: [1, 0, 0, 1, 0, 0],
  90: [0, 1, -1, 0, 0, 0],
  180: [-1, 0, 0, -1, 0, 0],
  270: [0, -1, 1, 0, 0, 0],
};

interface Target {
  update: IncrementalUpdate;
  file: PdfFile;
}

/** What a drawing is made of, besides its operators. */
interface Materials {
  font: PdfDict | undefined;
  ink: PdfRef;
  /** Colours in place of the device's. */
  own: Literal | undefined;
}

const addForm = (
  { update, file: { objects } }: Target,
  { width, height, rotation }: AppearancePlace,
  { content, font, ink, own }: Materials & { content: string },
): PdfRef =>
  update.add(
    objects.stream(deflateSync(Buffer.from(own ? inOwnColours(content) : content, 'latin1')), {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, width, height],
      Matrix: turned[rotation],
      Resources: {
        ...(font && { Font: font }),
        XObject: { Ink: ink },
        ...(own && { ColorSpace: { Own: own } }),
      },
      Filter: 'FlateDecode',
    }),
  );

const keyOf = ({ kind, width, height, rotation }: AppearancePlace): string =>
  [kind, width.toFixed(3), height.toFixed(3), rotation].join(' ');

/**
 * Draws what is seen of a signature, once for all places of one size, as form XObjects, and adds them with fonts and
 * images to the update. One for each place, in their order.
 */
export const addAppearances = async (
  target: Target,
  places: readonly AppearancePlace[],
  { facts, autograph, initials = autograph }: Drawing,
): Promise<PdfRef[]> => {
  const { update, file } = target;
  const { deviceColours, part } = readArchival(file);
  const own = deviceColours ? undefined : ownColours;
  const different = new Map(places.map((place) => [keyOf(place), place]));
  const type = { lettering: await letter(linesOf(facts)), fonts: createFontCollection() };
  const contents = new Map(
    [...different].map(([key, place]) => [
      key,
      place.kind === 'signature'
        ? drawStamp(type, place, { facts, ink: autograph })
        : drawInk(initials, inkOfInitials(place)),
    ]),
  );
  const kinds = new Set(places.map(({ kind }) => kind));
  const imageOf = (kind: AppearancePlace['kind'], image: Autograph) =>
    kinds.has(kind) ? update.add(autographImage(file.objects, image, own)) : undefined;
  const images = { signature: imageOf('signature', autograph), initials: imageOf('initials', initials) };
  const font = kinds.has('signature') ? type.fonts.embed(update, file.objects, { cidSet: part === 1 }) : undefined;
  const forms = new Map(
    [...different].map(([key, place]) => {
      const materials = { font: place.kind === 'signature' ? font : undefined, ink: images[place.kind]!, own };
      return [key, addForm(target, place, { ...materials, content: contents.get(key)! })];
    }),
  );
  return places.map((place) => forms.get(keyOf(place))!);
};
