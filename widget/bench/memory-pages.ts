import { readFileSync } from 'node:fs';
import { pdfjsVersion } from '../src/document/pdf/pdfjs-version.ts';

/** What a page under measure lets the bench do. */
export interface Paged {
  show(page: number): void;
  isShown(page: number): boolean;
  remove(): void;
}

/** Files of the pages that are measured beside the element's, by path. */
export const filesBeside = (pages: number, lines: number): Record<string, string | Buffer> => ({
  '/text.html': plainPage(pages, lines),
  '/viewer.html': viewerPage,
  '/pdf_viewer.css': ofPdfjs('web/pdf_viewer.css'),
  '/pdf_viewer.mjs': ofPdfjs('web/pdf_viewer.mjs'),
  '/pdf.min.mjs': ofPdfjs('build/pdf.min.mjs'),
  '/pdf.worker.min.mjs': ofPdfjs('build/pdf.worker.min.mjs'),
});

const ofPdfjs = (path: string) => readFileSync(new URL(`../../node_modules/pdfjs-dist/${path}`, import.meta.url));

/** Makes the element's page one like the others. */
export function pageThrough(): void {
  const element = document.querySelector('tu-esign')!;
  const find = (selector: string) => element.shadowRoot!.querySelector<HTMLElement>(selector);
  Object.assign(globalThis, {
    show: (page: number) => {
      find('.scroller')!.scrollTop = find(`.page[data-page="${page}"]`)!.offsetTop;
    },
    isShown: (page: number) => find(`.page[data-page="${page}"] canvas`) !== null,
    remove: () => element.remove(),
  });
}

const head = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; font: 15px/20px Helvetica, Arial, sans-serif; }
  #box { position: absolute; inset: 0; overflow: auto; }
</style>`;

/** The pages as HTML, one below the other: what Chromium itself takes for so much text. */
function plainPage(pages: number, lines: number): string {
  const line = 'The parties agree to what is written here, each in good faith, and to nothing that is not.<br>';
  const page = (_: unknown, index: number) =>
    `<div style="block-size: 70rem"><h2>Agreement, page ${index + 1}</h2>${line.repeat(lines)}</div>`;
  return `${head}<div id="box">${Array.from({ length: pages }, page).join('')}</div>
<script>
  const box = document.querySelector('#box');
  globalThis.show = (page) => box.children[page - 1].scrollIntoView();
  globalThis.isShown = () => true;
  globalThis.remove = () => box.remove();
  globalThis.readyAt = performance.now();
</script>`;
}

/** pdf.js's own viewer, set up as its examples do. */
const viewerPage = `${head}<link rel="stylesheet" href="pdf_viewer.css">
<div id="box"><div class="pdfViewer"></div></div>
<script type="module">
  const pdfjs = await import('./pdf.min.mjs');
  globalThis.pdfjsLib = pdfjs;
  const { EventBus, PDFLinkService, PDFViewer } = await import('./pdf_viewer.mjs');
  pdfjs.GlobalWorkerOptions.workerSrc = 'pdf.worker.min.mjs';
  const container = document.querySelector('#box');
  const eventBus = new EventBus();
  const linkService = new PDFLinkService({ eventBus });
  const viewer = new PDFViewer({ container, eventBus, linkService });
  linkService.setViewer(viewer);
  eventBus.on('pagesinit', () => (viewer.currentScaleValue = '1'));
  eventBus.on('pagerendered', () => (globalThis.readyAt ??= performance.now()));
  const task = pdfjs.getDocument({ url: 'agreement.pdf', standardFontDataUrl: 'pdfjs-${pdfjsVersion}/standard_fonts/' });
  const pdf = await task.promise;
  viewer.setDocument(pdf);
  linkService.setDocument(pdf);
  const pageOf = (page) => container.querySelector('[data-page-number="' + page + '"]');
  globalThis.show = (page) => (container.scrollTop = pageOf(page).offsetTop);
  globalThis.isShown = (page) => pageOf(page).querySelector('canvas') !== null;
  globalThis.remove = () => {
    viewer.setDocument(null);
    container.remove();
    return task.destroy();
  };
</script>`;
