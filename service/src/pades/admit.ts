import { Problem } from '#problem.ts';
import { findIn } from '#intake/find.ts';
import { normalise } from '#intake/normalise/normalise.ts';
import { handle, requireNoneRefused, type Handled } from '#intake/policy.ts';
import type { AcceptedDocument, FindingPolicy } from '#signing/document.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readSignatureFields } from '@tu-esign/verifier/pdf/form.ts';
import { PdfArray, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { arrayAt, members, numberAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { pagesNode, readPages, type Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import { assertPlaces, openPdf, type PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Ports } from '@tu-esign/verifier/ports/ports.ts';
import { findUsableFields } from '#pades/fields/empty-fields.ts';
import { readPermissions } from '#pades/fields/permissions.ts';
import { assertReadAlike } from './upload/read-alike.ts';
import { rehearse } from './rehearse.ts';

/** A document that is read to the letter, and what its host wants of it. */
interface Candidate {
  pdf: Uint8Array;
  policy: FindingPolicy;
  /** Whether it was rewritten already, so that nothing more can be recovered. */
  recovered: boolean;
  /** Whether it is not as it should be, though it can be read. */
  odd: boolean;
}

const requirePages = (file: PdfFile): Page[] => {
  const pages = readPages(file);
  if (pages.length === 0) throw new Problem('document-without-pages');
  return pages;
};

/** What a reader that recovers has lost: pages that are counted and not there, or whose content is not. */
const assertWhole = (file: PdfFile, pages: readonly Page[]): void => {
  if (numberAt(pagesNode(file).dict, 'Count') !== pages.length) throw new Fault('Pages are missing');
  for (const { dict } of pages) {
    const entry = dict.get('Contents');
    const parts =
      dict.lookup('Contents') instanceof PdfArray ? members(arrayAt(dict, 'Contents')) : [dict.lookup('Contents')];
    if (entry && !parts.every((part) => part instanceof PdfStream)) throw new Fault('The content of a page is missing');
  }
};

const locked = (by: string | undefined): Problem =>
  new Problem('document-locked', by === undefined ? undefined : `The signature of the field ${by} forbids it`);

/**
 * @throws Fault where readers find different things behind a signature
 * @throws Problem document-locked where earlier signatures leave no way for one more
 */
const countSignatures = (file: PdfFile, pages: readonly Page[], ports: Ports): number => {
  const fields = readSignatureFields(file);
  assertReadAlike(file, fields, ports);
  const permissions = readPermissions(file, fields);
  if (permissions.forbidden) throw locked(permissions.forbidden.by);
  if (!permissions.newField && findUsableFields(pages, fields, permissions).length === 0) throw locked(undefined);
  return fields.filter(({ value }) => value !== undefined).length;
};

/** Makes harmless what the host wants made harmless. @throws Problem document-finding where something of it is left */
const settle = async (
  { file, pages, handled }: { file: PdfFile; pages: Page[]; handled: Handled },
  policy: FindingPolicy,
  ports: Ports,
): Promise<Pick<AcceptedDocument, 'pdf' | 'findings' | 'rewritten'>> => {
  const wanted = new Set(handled.normalised.map(({ finding }) => finding));
  if (wanted.size === 0) return { pdf: file.bytes, findings: handled.told, rewritten: false };
  const pdf = await normalise(file, pages, wanted);
  const after = openPdf(pdf, ports);
  const { refused, told, normalised } = handle(findIn(after, readPages(after)), policy, false);
  requireNoneRefused({ refused: [...refused, ...normalised.filter(({ finding }) => wanted.has(finding))] });
  return { pdf, findings: [...told, ...handled.normalised], rewritten: true };
};

/**
 * Takes a document as it is, or with what its host wants made harmless.
 * @throws Problem document-without-pages, document-locked, document-finding
 * @throws Fault where it is to be rewritten, or refused
 */
export const admit = async ({ pdf, policy, recovered, odd }: Candidate, ports: Ports): Promise<AcceptedDocument> => {
  const file = openPdf(pdf, ports);
  assertPlaces(file);
  const pages = requirePages(file);
  if (recovered) assertWhole(file, pages);
  const signatures = countSignatures(file, pages, ports);
  const isSigned = signatures > 0;
  const found = findIn(file, pages);
  // Readers that recover what they can would read it, each in a way of its own.
  if (found.has('unreadable-object') && !isSigned && !recovered) throw new Fault('An object cannot be read');
  const handled = handle(found, policy, isSigned);
  requireNoneRefused(handled);
  if ((odd || file.crossReference.hybrid) && !isSigned) throw new Fault('The file is odd and was never signed');
  const settled = await settle({ file, pages, handled }, policy, ports);
  return { pages: pages.length, signatures, ...settled, signaturePlace: await rehearse(settled.pdf, ports) };
};
