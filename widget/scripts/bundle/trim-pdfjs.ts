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
  /** A call that is made otherwise. */
  call?: [before: string, after: string];
  /** Where pdf.js goes on without what it could not read, and warns on the console alone; and whose it is there. */
  leftOut?: [warning: RegExp, evaluator: string][];
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
const inTurn = (draw) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    draw();
  };
  port2.postMessage(null);
};
export { getDocument, OPS, PDFWorker, RenderingCancelledException, TextLayer, VerbosityLevel };
`,
    // Drawing goes on in the next frame, and page 1 takes five of them with little to do in each: it goes on in a task of
    // its own instead, between which the browser paints and hears the reader all the same.
    call: ['window.requestAnimationFrame(', 'inTurn('],
  },
  'pdf.worker.mjs': {
    without: /external\/brotli\/|core\/(?:xfa\/|xfa_fonts|\w+_factors|liberationsans_widths|editor\/)/,
    instead: `
import { decode as BrotliDecode } from ${JSON.stringify(fileURLToPath(new URL('../../src/document/pdf/worker/brotli.ts', import.meta.url)))};
class XFAFactory { static getRichTextAsHtml() { return null; } }
const getXfaFontName = () => null;
const getXfaFontDict = () => null;
const PDFEditor = null;
const createImage = null;
function leaveOut(evaluator, operatorList) {
  const id = 'img_' + evaluator.idFactory.createObjId();
  operatorList.addDependency(id);
  evaluator._sendImgData(id, null);
}
`,
    leftOut: [
      [/warn\(`getOperatorList - ignoring XObject: /, 'self'],
      [/warn\(`getOperatorList - ignoring errors during /, 'self'],
      [/warn\(`handleTilingType - ignoring pattern: /, 'this'],
      [/(?<=Unable to decode inline image: .*\n.*\n.*\n.*\n +)warn\(msg/, 'this'],
    ],
  },
};

const file = /\/pdfjs-dist\/build\/(pdf(?:\.worker)?\.mjs)$/;
const brotli = 'pdfjs-dist/build/brotli.mjs';
const heading = /^;?\/\/ (\.\/(?:src|external)\/\S+)$/m;

/** A script of pdf.js without the sources that the element does not use. */
export function trimPdfjs(name: string, code: string): string {
  const { without, instead, call, leftOut = [] } = trims[name]!;
  const [head, ...parts] = code.split(heading);
  const kept = [head!, instead];
  for (let at = 0; at < parts.length; at += 2) if (!without.test(parts[at]!)) kept.push(parts[at + 1]!);
  if (kept.length === 2 + parts.length / 2) throw new Error(`${name} is not as it was: nothing is left out`);
  const text = leftOut.reduce(tellLeftOut, kept.join('\n').replace(eagerError, 'Object.create(Error.prototype)'));
  if (call && !text.includes(call[0])) throw new Error(`${name} is not as it was: it does not call ${call[0]}`);
  return call ? text.replaceAll(...call) : text;
}

/** What else is left out is kept as an image that could not be read, for the element to find. */
function tellLeftOut(code: string, [warning, evaluator]: [RegExp, string]): string {
  if (!warning.test(code)) throw new Error(`pdf.js is not as it was: it has no ${warning.source}`);
  return code.replace(warning, `leaveOut(${evaluator}, operatorList), $&`);
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
