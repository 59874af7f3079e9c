import type { SigningRequestView } from '@tu-esign/contract';
import { pdfjsFolder } from './pdf/assets.ts';
import type { DocumentPane, Place } from './document-pane.ts';
import { ElementProblem } from '../host/element-problem.ts';
import type { ReadingModel } from './reading-model.ts';
import { loadOnThisThread, startWorker } from './pdf/pdf-worker.ts';
import type { Reading } from '../visit/session.ts';
import type { Sketches } from '../view/sketch.ts';
import { workerFile } from './pdf/worker/worker-file.ts';

export interface ReaderOptions {
  /** The service, which has pdf.js's files as well. */
  base: URL;
  /** Where pages go, as soon as it is in the page. */
  scroller: Promise<HTMLElement>;
  /** How far the agreement has been opened and checked. */
  reading: (reading: Reading) => void;
  /** Which pages the signatory has viewed so far. */
  pagesViewed: (pages: number[]) => void;
}

/** Loads pdf.js while the document is fetched, and shows one document at a time. */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #worker: Promise<Worker | null>;
  #pane: Promise<DocumentPane> | null = null;
  readonly #giveUp = Promise.withResolvers<never>();
  #loaded: DocumentPane | null = null;
  #model: ReadingModel | null = null;
  #request: SigningRequestView | null = null;
  #wanted: Place | null = null;
  #generation = 0;
  #ended = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#worker = startWorker(workerScript(options.base));
    this.#giveUp.promise.catch(() => {});
    // Loading begins early. If it fails, opening a document tries again, and reports it.
    this.#load().catch(() => {});
  }

  /**
   * Shows the agreement, tells `visible` once its first page is painted, then checks every page.
   * @throws ElementProblem document-unreadable
   */
  async openAgreement(bytes: Promise<Uint8Array>, visible: () => void): Promise<void> {
    const generation = ++this.#generation;
    const [pane, pdf] = await Promise.all([this.#load(), bytes]);
    if (generation !== this.#generation || this.#ended) return;
    const pages = await show(pane, pdf, 'agreement');
    if (generation !== this.#generation || this.#ended) return;
    visible();
    if (this.#wanted) this.goTo(this.#wanted);
    await this.#check(pane, { generation, pages });
  }

  async showSigned(bytes: Uint8Array): Promise<void> {
    this.#generation += 1;
    const pane = await this.#load();
    await show(pane, bytes, 'signed');
    await pane.showSignature();
  }

  /** Tells the pane what there is to show around the pages, as soon as it is there. */
  update(model: ReadingModel): void {
    this.#model = model;
    this.#loaded?.update(model);
  }

  /** Tells where the signatory will sign, as soon as that is known. */
  expect(request: SigningRequestView): void {
    this.#request = request;
    this.#loaded?.expect(request);
  }

  /** Shows an autograph while it is made. */
  sketch(sketches: Sketches): void {
    this.#loaded?.sketch(sketches);
  }

  /** Brings the place of the signature into the window. */
  bringSignature(): void {
    this.#loaded?.bringSignature();
  }

  /** Where the signatory reads; null while there is nothing to be read. */
  get place(): Place | null {
    return this.#wanted ?? this.#loaded?.at ?? null;
  }

  /** Goes there at once, or as soon as there are pages. */
  goTo(place: Place): void {
    this.#wanted = place;
    if (this.#loaded?.goBack(place)) this.#wanted = null;
  }

  /** Ends the worker, too: pdf.js does not end a worker that it has not started itself. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#giveUp.reject(new Error('the visit has ended'));
    await this.#pane?.then((pane) => pane.destroy()).catch(() => {});
    (await this.#worker)?.terminate();
  }

  /** Loads the pane only once, or again if that failed. */
  #load(): Promise<DocumentPane> {
    this.#pane ??= this.#loadPane().catch((error: unknown) => {
      this.#pane = null;
      throw error;
    });
    return this.#pane;
  }

  async #loadPane(): Promise<DocumentPane> {
    const place = Promise.race([this.#options.scroller, this.#giveUp.promise]);
    const [{ DocumentPane }, worker, scroller] = await Promise.all([loadPane(), this.#workerOrNone(), place]);
    const { base, pagesViewed } = this.#options;
    const broken = (page: number) => this.#break(page);
    this.#loaded = new DocumentPane({ scroller, worker, folder: pdfjsFolder(base), pagesViewed, broken });
    if (this.#request) this.#loaded.expect(this.#request);
    if (this.#model) this.#loaded.update(this.#model);
    return this.#loaded;
  }

  async #workerOrNone(): Promise<Worker | null> {
    const worker = await this.#worker;
    if (!worker) await reach(loadOnThisThread(workerScript(this.#options.base)));
    return worker;
  }

  async #check(pane: DocumentPane, { generation, pages }: { generation: number; pages: number }): Promise<void> {
    this.#options.reading({ state: 'checking', pages, checked: 0 });
    for await (const { page, whole } of pane.check()) {
      if (generation !== this.#generation || this.#ended) return;
      if (!whole) return this.#break(page);
      this.#options.reading({ state: page === pages ? 'complete' : 'checking', pages, checked: page });
    }
  }

  #break(page: number): void {
    this.#options.reading({ state: 'incomplete', pages: page, checked: page - 1, page, problem: 'page-incomplete' });
  }
}

const workerScript = (service: URL): URL => new URL(workerFile, pdfjsFolder(service));

const loadPane = () => reach(import('./document-pane.ts'));

async function reach<T>(script: Promise<T>): Promise<T> {
  try {
    return await script;
  } catch (cause) {
    throw new ElementProblem('network', { cause });
  }
}

async function show(pane: DocumentPane, ...shown: Parameters<DocumentPane['show']>): Promise<number> {
  try {
    return await pane.show(...shown);
  } catch (cause) {
    throw new ElementProblem('document-unreadable', { cause });
  }
}
