import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('fixtures/pdfs/', import.meta.url);

/** What is refused, and why. */
export const refused: Record<string, string> = {
  'enc-R2-V1-U-view-O-master.pdf': 'document-encrypted',
  'enc-XI-R6-V5-U-wwwww-O-wwwww.pdf': 'document-encrypted',
  'encrypted-attachment.pdf': 'document-encrypted',
  'invalid-id-xref.pdf': 'document-encrypted',
  'libreoffice-writer-password.pdf': 'document-encrypted',
  'minimal-aes256-malformed-oe.pdf': 'document-encrypted',
  'pr6531_1.pdf': 'document-encrypted',
  'pr6531_2.pdf': 'document-encrypted',
  'signed-encrypted-pubkey-with-catalog-ref.pdf': 'document-encrypted',
  'veraPDF-test-suite-6-1-3-t02-fail-a.pdf': 'document-encrypted',
};

export const readSample = (name: string): Buffer => readFileSync(new URL(name, folder));

export const signable = readdirSync(folder).filter((name) => name.endsWith('.pdf') && !(name in refused));
