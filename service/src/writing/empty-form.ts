import type { PdfRef } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';
import type { IncrementalUpdate } from './incremental-update.ts';

/** A form XObject that draws nothing (ISO 32000-2, 8.10). */
export const addEmptyForm = (
  { file, update }: { file: PdfFile; update: IncrementalUpdate },
  { width, height }: { width: number; height: number },
): PdfRef =>
  update.add(file.objects.stream(new Uint8Array(0), { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, height] }));
