import { deflateSync } from 'node:zlib';
import { turned } from '#appearance/appearance.ts';
import { createFontCollection } from '#appearance/lettering/embedded-fonts.ts';
import type { PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { nameAt, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfName, PdfNumber } from '@tu-esign/verifier/pdf/objects/object.ts';
import { fieldFlag, flagsOf, formOf, isWidget, type Annotation } from '#intake/fields/widgets.ts';
import { valueOf } from '#intake/fields/field-value.ts';
import { isAlike, isFillable, isVisible, kindOf } from '#intake/find-values.ts';
import { fieldOf, replaceInCatalog, rewriteAnnotation, without, type Change } from './changes.ts';
import { drawField, letterValues } from './draw-field.ts';
import { lookOf } from './field-look.ts';

/** A value is what its box shows: what is ticked stays so. */
const tick = (change: Change, widget: Annotation): void => {
  const field = fieldOf(widget);
  field.dict.set('V', new PdfName(nameAt(widget.dict, 'AS') ?? 'Off'));
  field.rewrite(change);
};

/** Gives every text and choice that does not say its value an appearance that does. */
const makeAppearances = async (change: Change, form: PdfDict, widgets: readonly Annotation[]): Promise<void> => {
  const { objects } = change.file;
  const fonts = createFontCollection();
  const filled = widgets.map((widget) => ({ widget, values: valueOf(widget.dict, kindOf(widget.dict)) }));
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
    widget.dict.set('AP', objects.dict({ N: change.update.add(appearance) }));
    rewriteAnnotation(change, widget);
  }
};

const isButton = ({ dict }: Annotation): boolean => kindOf(dict) === 'Btn';

/** Every viewer shows the values from now on, and none draws them anew. */
export const settleValues = async (change: Change, annotations: readonly Annotation[]): Promise<void> => {
  const form = formOf(change.file);
  if (!form) return;
  const other = annotations.filter((own) => isWidget(own) && isVisible(own) && !isAlike(form, own));
  await makeAppearances(
    change,
    form,
    other.filter((own) => !isButton(own)),
  );
  for (const widget of other.filter(isButton)) tick(change, widget);
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
