import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import { readSignedBytes } from '@tu-esign/verifier/pdf/signature-value.ts';
import type { Inflater } from '@tu-esign/verifier/ports/ports.ts';
import { readSteps } from '@tu-esign/verifier/changes/revision/revisions.ts';

/** What the first signature covers ends here; behind it the file was updated. */
const firstEnd = (file: PdfFile, fields: readonly SignatureField[]): number =>
  Math.min(...fields.flatMap(({ value }) => (value && readSignedBytes(file, value)?.end) ?? []));

/**
 * A signed document is taken as it is. What was added to it since must be found by every reader where ours finds it: those
 * that look for objects in all of the file would show other pages than the signatory sees.
 * @throws Fault
 */
export const assertReadAlike = (file: PdfFile, fields: readonly SignatureField[], ports: Inflater): void => {
  const end = firstEnd(file, fields);
  if (!(end < file.bytes.length)) return;
  for (const { fault } of readSteps(file, end, ports)) if (fault) throw new Fault(fault);
};
