import { deflateSync } from 'node:zlib';
import { turned } from '#appearance/appearance.ts';
import { createFontCollection } from '#appearance/lettering/embedded-fonts.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, PdfNumber, type PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import { fieldFlag, flagsOf, formOf, isWidget, type Annotation } from '#intake/fields/widgets.ts';
import { valueOf } from '#intake/fields/field-value.ts';
import { captionOf, isFramedBySome, isPushButton, isSaidBySome, kindOf } from '#intake/fields/undrawn.ts';
import { isAlike, isFillable, isVisible } from '#intake/find-values.ts';
import { fieldOf, replaceInCatalog, rewriteAnnotation, without, type Change } from './changes.ts';
import { drawField, letterValues } from './draw-field.ts';
import { lookOf } from './field-look.ts';

/** A value is what its box shows: what is ticked stays so. */
const tick = (change: Change, widget: Annotation): void => {
  const field = fieldOf(widget);
  field.dict.set('V', new PdfName(nameAt(widget.dict, 'AS') ?? 'Off'));
  field.rewrite(change);
};

const isBox = ({ dict }: Annotation): boolean => kindOf(dict) === 'Btn' && !isPushButton(dict);

const linesOf = (widget: Annotation): string[] => {
  if (isBox(widget)) return [];
  return isPushButton(widget.dict) ? captionOf(widget.dict) : valueOf(widget.dict, kindOf(widget.dict));
};

/** A box that is not ticked has an appearance for that. */
const setAppearance = ({ file }: Change, widget: Annotation, appearance: PdfRef): void => {
  const { dict } = widget;
  if (!isBox(widget)) return dict.set('AP', file.objects.dict({ N: appearance }));
  const states = dictAt(dictAt(dict, 'AP') ?? file.objects.dict({}), 'N') ?? file.objects.dict({});
  const kept = without(states);
  kept.set('Off', appearance);
  dict.set('AP', file.objects.dict({ N: kept }));
  return dict.set('AS', new PdfName('Off'));
};

/** Gives every field that has none, or one that does not say its value, an appearance that does. */
const makeAppearances = async (change: Change, form: PdfDict, widgets: readonly Annotation[]): Promise<void> => {
  const { objects } = change.file;
  const fonts = createFontCollection();
  const filled = widgets.map((widget) => ({ widget, values: linesOf(widget) }));
  const lettering = await letterValues(filled.flatMap(({ values }) => values));
  const drawn = filled.map(({ widget, values }) => {
    const look = lookOf(widget.dict, form);
    return { widget, look, content: drawField({ lettering, fonts }, values, look) };
  });
  const font = change.update.add(fonts.embed(change.update, objects));
  for (const { widget, look, content } of drawn) {
    const appearance = objects.stream(deflateSync(Buffer.from(content, 'latin1')), {
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, look.width, look.height],
      Matrix: turned[look.rotation as keyof typeof turned] ?? turned[0],
      Resources: { Font: font },
      Filter: 'FlateDecode',
    });
    setAppearance(change, widget, change.update.add(appearance));
    rewriteAnnotation(change, widget);
  }
};

/** Every viewer shows the values from now on, and none draws them anew. */
export const settleValues = async (change: Change, annotations: readonly Annotation[]): Promise<void> => {
  const form = formOf(change.file) ?? change.file.objects.dict({});
  const fields = annotations.filter((own) => isWidget(own) && isVisible(own));
  for (const widget of fields.filter((own) => isBox(own) && !isAlike(form, own))) tick(change, widget);
  const isUndrawn = (own: Annotation): boolean =>
    isBox(own)
      ? isFramedBySome(own) && !isSaidBySome(own)
      : isFramedBySome(own) || isSaidBySome(own) || !isAlike(form, own);
  const undrawn = fields.filter(isUndrawn);
  if (undrawn.length > 0) await makeAppearances(change, form, undrawn);
  if (form.has('NeedAppearances')) replaceInCatalog(change, 'AcroForm', without(form, 'NeedAppearances'));
};

/** Nobody fills them in any more, who has the document signed. */
export const closeFields = (change: Change, annotations: readonly Annotation[]): void => {
  for (const widget of annotations.filter((own) => isWidget(own) && isFillable(own))) {
    const field = fieldOf(widget);
    const flags = numberAt(field.dict, 'Ff') ?? flagsOf(widget.dict);
    field.dict.set('Ff', new PdfNumber(flags | fieldFlag.readOnly));
    field.rewrite(change);
    if (field.dict !== widget.dict && widget.dict.has('Ff')) {
      widget.dict.set('Ff', new PdfNumber(flagsOf(widget.dict) | fieldFlag.readOnly));
      rewriteAnnotation(change, widget);
    }
  }
};
