import { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { isShownByElement, readLayers } from '#intake/layer-states.ts';
import { replaceInCatalog, without, type Change } from './changes.ts';

const kept = new Set(['Name', 'Order', 'ListMode', 'RBGroups', 'Locked']);

/** Layers are shown from now on as the element shows them, by every viewer, on screen and on paper. */
export const fixLayers = (change: Change): void => {
  const { file, update } = change;
  const layers = readLayers(file);
  if (!layers) return;
  const groups = layers.groups.flatMap((ref) => {
    const group = file.objects.lookup(ref);
    return group instanceof PdfDict ? [{ ref, group }] : [];
  });
  const hidden = groups.filter((group) => !isShownByElement(layers, group)).map(({ ref }) => ref);
  for (const { ref, group } of groups) update.rewrite(ref, without(group, 'Usage', 'Intent'));
  const defaults = file.objects.dict(Object.fromEntries(layers.defaults.entries().filter(([key]) => kept.has(key))));
  defaults.set('OFF', file.objects.array(hidden));
  const properties = without(layers.properties, 'Configs');
  properties.set('D', defaults);
  properties.set('OCGs', file.objects.array(groups.map(({ ref }) => ref)));
  replaceInCatalog(change, 'OCProperties', properties);
};
