import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/*
 * pdf.js comes as two scripts, which hold editors, forms that only XFA describes, and ways to fetch documents. The element
 * uses none of it, and a browser has to fetch and parse it all before page 1. Both are the sources one after the
 * other, each headed by its name: what is not used is left out by that name.
 */
interface Trim {
  /** Sources that are left out. */
  without: RegExp;
  /** What the others still name of them, where the element never comes. */
  instead: string;
}

const trims: Record<string, Trim> = {
  'pdf.mjs': {
    without:
      /src\/pdf\.js|display\/(?:editor\/|annotation_layer|xfa_layer|draw_layer|touch_manager|network|fetch_stream|node_stream|content_disposition|renderer_worker_proxy)/,
    instead: `
const XfaLayer = null;
class AnnotationEditor {}
const RendererWorker = { isAvailable: false };
const getNetworkStream = () => null;
export { getDocument, OPS, PDFWorker, RenderingCancelledException, TextLayer, VerbosityLevel };
`,
  },
  'pdf.worker.mjs': {
    without: /external\/brotli\/|core\/(?:xfa\/|xfa_fonts|\w+_factors|liberationsans_widths|editor\/)/,
    instead: `
import { decode as BrotliDecode } from ${JSON.stringify(fileURLToPath(new URL('../src/document/worker/brotli.ts', import.meta.url)))};
class XFAFactory { static getRichTextAsHtml() { return null; } }
const getXfaFontName = () => null;
const getXfaFontDict = () => null;
const PDFEditor = null;
const createImage = null;
`,
  },
};

const file = /\/pdfjs-dist\/build\/(pdf(?:\.worker)?\.mjs)$/;
const brotli = 'pdfjs-dist/build/brotli.mjs';
const heading = /^;?\/\/ (\.\/(?:src|external)\/\S+)$/m;

/** A script of pdf.js without the sources that the element does not use. */
export function trimPdfjs(name: string, code: string): string {
  const { without, instead } = trims[name]!;
  const [head, ...parts] = code.split(heading);
  const kept = [head!, instead];
  for (let at = 0; at < parts.length; at += 2) if (!without.test(parts[at]!)) kept.push(parts[at + 1]!);
  if (kept.length === 2 + parts.length / 2) throw new Error(`${name} is not as it was: nothing is left out`);
  return kept.join('\n').replace(eagerError, 'Object.create(Error.prototype)');
}

/** An error that is made while a script starts has a stack, for which V8 parses all of the script again. */
const eagerError = /(?<=^ +\w+\.prototype = )new Error\(\)/m;

/** Bundles pdf.js without what the element does not use; Brotli's decoder is a module of its own. */
export const trimmedPdfjs = (): Plugin => ({
  name: 'trimmed-pdfjs',
  enforce: 'pre',
  async resolveId(id, importer) {
    if (id !== brotli) return undefined;
    const worker = await this.resolve('pdfjs-dist/build/pdf.worker.mjs', importer);
    return `${worker!.id}?brotli`;
  },
  transform: {
    filter: { id: /^[^\0].*\/pdfjs-dist\/build\/pdf(?:\.worker)?\.mjs(?:\?brotli)?$/ },
    handler: (code, id) => (id.endsWith('?brotli') ? brotliOf(code) : trimPdfjs(file.exec(id)![1]!, code)),
  },
});

const brotliOf = (code: string): string => {
  const parts = code.split(heading);
  return `${parts[parts.findIndex((part) => part.includes('external/brotli/')) + 1]}export { BrotliDecode };`;
};
