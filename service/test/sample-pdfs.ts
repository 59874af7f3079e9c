import { readdirSync, readFileSync } from 'node:fs';
import type { FindingPolicy } from '#signing/document.ts';

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
  'signed-encrypted-pubkey-with-catalog-ref.pdf': 'document-encrypted',
};

/** What is refused by default for something in it, and signed where the host wants to be told of it alone. */
export const withFindings: Record<string, string> = {
  'annotation-button-widget.pdf': 'javascript',
  'annotation-text-widget.pdf': 'javascript',
  'pdflatex-forms.pdf': 'submit-action',
  'veraPDF-test-suite-6-1-7-1-t04-fail-c.pdf': 'external-content',
};

/** A host that wants to be told of these. */
export const tellingPolicy: FindingPolicy = {
  javascript: 'tell',
  'submit-action': 'tell',
  'external-content': 'tell',
};

export const readSample = (name: string): Buffer => readFileSync(new URL(name, folder));

export const signable = readdirSync(folder).filter((name) => name.endsWith('.pdf') && !(name in refused));
