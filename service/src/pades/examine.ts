import type { RefusedFinding } from '@tu-esign/contract';
import { findIn } from '#intake/find.ts';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { readPages } from '@tu-esign/verifier/pdf/page-tree.ts';
import { openPdf } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';

/** What is found in a document, as at an upload; nothing where it cannot be read, which is told otherwise. */
export const examineDocument = (pdf: Uint8Array, ports: Inflater): RefusedFinding[] => {
  try {
    const file = openPdf(pdf, ports);
    return [...findIn(file, readPages(file))].map(([finding, places]) => ({ finding, places: [...places] }));
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
};
