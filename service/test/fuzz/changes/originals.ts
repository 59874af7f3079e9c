import type { startEmbeddedSigning } from '../../embedded-signing.ts';
import { readSample } from '../../sample-pdfs.ts';

/** With classic and stream cross-references, forms, annotations, many pages, turned pages, PDF/A, linearized. */
export const originals = [
  '002-trivial-libre-office-writer.pdf',
  'T6.pdf',
  'annotation-stamp.pdf',
  'annotation-text-widget.pdf',
  'bug2026037.pdf',
  'cmyk-image.pdf',
  'crazyones-pdfa.pdf',
  'google-doc-document.pdf',
  'lin2.pdf',
  'multicolumn.pdf',
  'pdf20-utf8-test.pdf',
  'pdflatex-forms.pdf',
  'rotated.pdf',
];

/** Rewritten where it must be; as it is where a host's policy would refuse it for what it does. */
export const acceptSample = async (
  { engine }: Pick<Awaited<ReturnType<typeof startEmbeddedSigning>>, 'engine'>,
  name: string,
): Promise<Uint8Array> => {
  try {
    return (await engine.accept(readSample(name))).pdf;
  } catch {
    return new Uint8Array(readSample(name));
  }
};
