import { z } from 'zod';

/**
 * What makes a document show something else to others, or something else later; and what a signatory should know is
 * in it. The names are stable.
 */
export const DocumentFindingName = z
  .enum([
    'javascript',
    'launch-action',
    'submit-action',
    'automatic-action',
    'action',
    'xfa-dynamic',
    'xfa-static',
    'portfolio',
    'layers-differ',
    'layers-hidden',
    'annotations-differ',
    'appearances-differ',
    'values-differ',
    'need-appearances',
    'fillable-fields',
    'external-content',
    'content-differs',
    'print-content',
    'embedded-files',
    'multimedia',
    'unreadable-object',
    'encrypted',
  ])
  .meta({ id: 'DocumentFindingName' });
export type DocumentFindingName = z.infer<typeof DocumentFindingName>;

/** What there is a way of making harmless, in a document that nobody has signed. */
export const normalisableFindings: ReadonlySet<DocumentFindingName> = new Set([
  'layers-differ',
  'annotations-differ',
  'appearances-differ',
  'values-differ',
  'need-appearances',
  'fillable-fields',
  'encrypted',
]);

/** Where something was found: a page, counted from 1, and the number of the object that holds it, as far as it is known. */
export const DocumentPlace = z
  .object({ page: z.int().min(1).optional(), object: z.int().min(1).optional() })
  .meta({ id: 'DocumentPlace', description: 'A page, counted from 1, and an object’s number.' });
export type DocumentPlace = z.infer<typeof DocumentPlace>;

const found = {
  finding: DocumentFindingName,
  places: z.array(DocumentPlace).min(1).meta({ description: 'The first ten.' }),
};

/** Something that was found at the upload and did not keep the document from being taken. */
export const DocumentFinding = z
  .object({
    ...found,
    handling: z.enum(['told', 'normalised']).meta({ description: 'What became of it, as the hosts file says.' }),
  })
  .meta({ id: 'DocumentFinding' });
export type DocumentFinding = z.infer<typeof DocumentFinding>;

/** Something for which the document was refused. */
export const RefusedFinding = z.object(found).meta({ id: 'RefusedFinding' });
export type RefusedFinding = z.infer<typeof RefusedFinding>;
