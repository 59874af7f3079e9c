import type { SignatureField } from '@tu-esign/verifier/pdf/form.ts';
import { isFieldLocked, readPermissions as readAllowed } from '@tu-esign/verifier/pdf/permissions.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** What earlier signatures allow of one more (ISO 32000-2, 12.8.2). */
export interface Permissions {
  /** No change at all; the name of the field whose signature says so, where it is not the document's certification. */
  forbidden: { by: string | undefined } | undefined;
  /** Fields may be filled in and signed, and nothing may be seen that was not there. */
  certified: boolean;
  /** Whether a field that is not there yet may be signed. */
  newField: boolean;
  /** Whether a field that is there may be filled. */
  mayFill: (name: string) => boolean;
}

/** Read as a verifier will read them once it is signed. */
export const readPermissions = (file: PdfFile, fields: readonly SignatureField[]): Permissions => {
  const levelFor = (some: readonly SignatureField[]): number | undefined => readAllowed(file, some).level;
  const allowed = readAllowed(file, fields);
  const isCertifiedSo = levelFor([]) === 1;
  const forbidding = isCertifiedSo ? undefined : fields.find((field) => levelFor([field]) === 1)?.name;
  return {
    forbidden: allowed.level === 1 ? { by: forbidding } : undefined,
    certified: allowed.level !== undefined,
    newField: allowed.locks.every(({ action }) => action === 'Include'),
    mayFill: (name) => !isFieldLocked(allowed, name),
  };
};
