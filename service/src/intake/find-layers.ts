import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Note } from './found.ts';
import {
  isContradicted,
  isShown,
  isShownByElement,
  layerEvents,
  readLayers,
  type Group,
  type Layers,
  type Showing,
} from './layer-states.ts';

/** More are nobody's agreement; each is looked up in lists as long. */
const mostGroups = 2_000;

const waysOf = ({ configurations }: Layers): Showing[] =>
  configurations.flatMap((config) =>
    layerEvents.flatMap((event) =>
      [true, false].flatMap((mindsIntents) =>
        [true, false].map((byUsage) => ({ config, event, mindsIntents, byUsage })),
      ),
    ),
  );

const differs = (layers: Layers, group: Group, ways: readonly Showing[]): boolean => {
  const states = new Set(ways.map((way) => isShown(layers, group, way)));
  const isListed = arrayAt(layers.properties, 'OCGs')?.members().includes(group.ref) ?? false;
  return states.size > 1 || states.has('changes') || isContradicted(layers, group.ref) || !isListed;
};

/** Layers that are not the same for everybody, on screen and on paper, in each configuration; and hidden ones. */
export const findLayers = (file: PdfFile, note: Note): void => {
  const layers = readLayers(file);
  if (!layers) return;
  const ways = waysOf(layers);
  if (layers.groups.length * ways.length > 16 * mostGroups) return note('layers-differ', {});
  for (const ref of layers.groups) {
    const group = file.objects.lookup(ref);
    if (!(group instanceof PdfDict)) continue;
    const place = { object: ref.number };
    if (differs(layers, { ref, group }, ways)) note('layers-differ', place);
    else if (!isShownByElement(layers, { ref, group })) note('layers-hidden', place);
  }
};
