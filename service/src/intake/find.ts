import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { findAction } from './find-actions.ts';
import { findAnnotations } from './find-annotations.ts';
import { findContent } from './find-content.ts';
import { isDiffering, isPageDiffering } from './find-differing.ts';
import { findInCatalogue } from './find-in-catalogue.ts';
import { findLayers } from './find-layers.ts';
import { findValues } from './find-values.ts';
import { createFindings, type Found } from './found.ts';
import { walkObjects } from './walk-objects.ts';
import { readAnnotations } from '#intake/fields/widgets.ts';

/**
 * What in a document shows something else to others, or later, and what its signatory should know of.
 * @throws Fault where annotations or the form cannot be read
 */
export const findIn = (file: PdfFile, pages: readonly Page[]): Found => {
  const { found, note } = createFindings();
  const annotations = readAnnotations(pages);
  findInCatalogue(file, note);
  findLayers(file, note);
  findAnnotations(annotations, note);
  findValues(file, annotations, note);
  for (const [index, page] of pages.entries())
    if (isPageDiffering(page, file)) note('content-differs', { page: index + 1, object: page.ref.number });
  walkObjects(file, pages, {
    visit: (visited) => {
      if (isDiffering(visited, file)) note('content-differs', visited.place);
      for (const finding of [findAction(visited), findContent(visited)]) if (finding) note(finding, visited.place);
    },
    unreadable: (place) => note('unreadable-object', place),
  });
  return found;
};
