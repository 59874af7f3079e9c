import './older-browsers.ts';
import { getDocument, OPS, PDFWorker, VerbosityLevel } from 'pdfjs-dist';
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { TextPiece } from '../reading/find-text.ts';
import type { PlacedText } from '../reflow/paragraphs.ts';
import { recordingDataFactory } from './pdf-data.ts';

/** A box on a page, in parts of the page's size, from its upper left corner. */
export interface PagePlace {
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PdfOptions {
  /** Null where workers are forbidden: pdf.js then works on the page's own thread. */
  worker: Worker | null;
  /** Where pdf.js's worker and data lie. */
  folder: URL;
}

const objectWithin = 20_000;
const ports = new WeakMap<Worker, PDFWorker>();

/** An open PDF, and whether each of its pages can be drawn whole. */
export class PdfDocument {
  readonly #task: PDFDocumentLoadingTask;
  readonly #missing = new Set<string>();
  readonly #closing = new AbortController();
  #document: PDFDocumentProxy | undefined;

  private constructor(bytes: Uint8Array, { worker, folder }: PdfOptions) {
    // Sent by our own part of the worker; pdf.js ignores it.
    const hear = ({ data }: MessageEvent<{ lacks?: string }>) => data.lacks && this.#missing.add(data.lacks);
    worker?.addEventListener('message', hear, { signal: this.#closing.signal });
    this.#task = getDocument({
      data: bytes,
      ...(worker && { worker: workerOn(worker) }),
      cMapUrl: new URL('cmaps/', folder).href,
      standardFontDataUrl: new URL('standard_fonts/', folder).href,
      wasmUrl: new URL('wasm/', folder).href,
      iccUrl: new URL('iccs/', folder).href,
      BinaryDataFactory: recordingDataFactory((file) => this.#missing.add(file)),
      useWorkerFetch: false,
      disableWorkerRendering: true,
      isEvalSupported: false,
      verbosity: VerbosityLevel.ERRORS,
    } as Parameters<typeof getDocument>[0]);
  }

  /** Throws pdf.js's own errors where the bytes cannot be opened. The bytes are given away. */
  static async open(bytes: Uint8Array, options: PdfOptions): Promise<PdfDocument> {
    const pdf = new PdfDocument(bytes, options);
    pdf.#document = await pdf.#task.promise;
    return pdf;
  }

  get pages(): number {
    return this.#document!.numPages;
  }

  /** What tells this document from others in one element. */
  get name(): string {
    return this.#document!.fingerprints.join();
  }

  page(number: number): Promise<PDFPageProxy> {
    return this.#document!.getPage(number);
  }

  /** The pieces of text of a page, in the document's order. */
  async text(number: number): Promise<TextPiece[]> {
    const page = await this.page(number);
    const { items } = await page.getTextContent();
    return items.filter((item) => 'str' in item).map(({ str, hasEOL }) => ({ text: str, endsLine: hasEOL }));
  }

  /** The same, and where each piece stands. */
  async placedText(number: number): Promise<PlacedText[]> {
    const page = await this.page(number);
    const { items } = await page.getTextContent();
    return items
      .filter((item) => 'str' in item)
      .map(({ str: text, hasEOL: endsLine, transform, width }) => {
        const [a, b, c, d, x, y] = transform as [number, number, number, number, number, number];
        return { text, endsLine, x, y, width, size: Math.hypot(c, d) || Math.hypot(a, b) };
      });
  }

  /** Where the newest signature is shown; null where none is. */
  async signature(): Promise<PagePlace | null> {
    let newest: { id: number; place: PagePlace } | null = null;
    for (let number = 1; number <= this.pages; number += 1) {
      const page = await this.page(number);
      for (const { fieldType, rect, id } of await page.getAnnotations()) {
        // An update numbers its objects beyond those before it.
        const order = parseInt(id, 10);
        if (fieldType !== 'Sig' || rect[0] === rect[2] || order < (newest?.id ?? 0)) continue;
        newest = { id: order, place: { page: number, ...partsOf(page, rect) } };
      }
    }
    return newest && newest.place;
  }

  /** Whether a page can be drawn whole: all it needs is there, and each image and font could be read. */
  async isWhole(number: number): Promise<boolean> {
    try {
      const page = await this.page(number);
      const objects = await objectsOf(page);
      page.cleanup();
      return objects.every(isRead) && this.#missing.size === 0;
    } catch {
      return false;
    }
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#task.destroy();
  }
}

/** A rectangle of the PDF's, in parts of the page as it is shown, from the upper left corner. */
function partsOf(page: PDFPageProxy, rect: number[]): Omit<PagePlace, 'page'> {
  const viewport = page.getViewport({ scale: 1 });
  const { width, height } = viewport;
  const [x1, y1] = viewport.convertToViewportPoint(rect[0]!, rect[1]!) as [number, number];
  const [x2, y2] = viewport.convertToViewportPoint(rect[2]!, rect[3]!) as [number, number];
  return {
    x: Math.min(x1, x2) / width,
    y: Math.min(y1, y2) / height,
    width: Math.abs(x2 - x1) / width,
    height: Math.abs(y2 - y1) / height,
  };
}

function workerOn(port: Worker): PDFWorker {
  const worker = ports.get(port) ?? new PDFWorker({ port: port as unknown as null });
  ports.set(port, worker);
  return worker;
}

/** What a page is drawn with: images and fonts, also those of its patterns and of fonts that are drawn. */
async function objectsOf(page: PDFPageProxy): Promise<unknown[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const names = new Set<string>();
  for (const [index, operator] of fnArray.entries()) {
    if (operator === OPS.dependency) for (const name of argsArray[index] as string[]) names.add(name);
  }
  return Promise.all(Array.from(names, (name) => objectOf(page, name)));
}

/** pdf.js leaves out in silence what it could not read: of an image it keeps null, of a font the error's text. */
const isRead = (object: unknown): boolean => object !== null && typeof object !== 'string';

function objectOf(page: PDFPageProxy, name: string): Promise<unknown> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} takes too long`)), objectWithin);
    objects.get(name, (object: unknown) => {
      clearTimeout(timer);
      resolve(object);
    });
  });
}
