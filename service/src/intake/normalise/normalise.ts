import type { DocumentFindingName } from '@tu-esign/contract';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readAnnotations } from '#intake/fields/widgets.ts';
import { createIncrementalUpdate } from '#writing/incremental-update.ts';
import { fixAnnotations } from './annotations.ts';
import { closeFields, settleValues } from './fields.ts';
import { fixLayers } from './layers.ts';

const ofValues: readonly DocumentFindingName[] = ['appearances-differ', 'values-differ', 'need-appearances'];

/** A document that nobody has signed, with what was found in it made harmless, as the element shows it. */
export const normalise = async (
  file: PdfFile,
  pages: readonly Page[],
  findings: ReadonlySet<DocumentFindingName>,
): Promise<Uint8Array> => {
  const change = { file, update: createIncrementalUpdate(file) };
  const annotations = readAnnotations(pages);
  // Before fields are closed: what is made anew depends on their flags.
  if (ofValues.some((finding) => findings.has(finding))) await settleValues(change, annotations);
  if (findings.has('fillable-fields')) closeFields(change, annotations);
  if (findings.has('annotations-differ')) fixAnnotations(change, annotations);
  if (findings.has('layers-differ')) fixLayers(change);
  return Buffer.concat([file.bytes, change.update.write().bytes]);
};
