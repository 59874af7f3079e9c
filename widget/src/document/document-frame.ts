import { toolbarView, type PaneActions, type PaneState } from './document-view.ts';
import type { ReadingModel } from './reading-model.ts';
import { searchView } from './reading/search-view.ts';
import { stateView } from './state-view.ts';
import { zoomOfKey } from './reading/zoom-gestures.ts';

export interface DocumentFrameOptions {
  scroller: HTMLElement;
  act: PaneActions;
  signal: AbortSignal;
}

/** What is around the pages: the bar above them, the search, the state below them, names and keys. */
export class DocumentFrame {
  /** Where thumbnails go. */
  readonly thumbnails = document.createElement('nav');
  readonly #scroller: HTMLElement;
  readonly #section: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #search = document.createElement('div');
  readonly #act: PaneActions;
  #model: ReadingModel | null = null;
  #state: PaneState | null = null;

  constructor({ scroller, act, signal }: DocumentFrameOptions) {
    this.#scroller = scroller;
    this.#section = scroller.closest<HTMLElement>('.document')!;
    this.#bar = this.#section.querySelector<HTMLElement>('.toolbar')!;
    this.#act = act;
    this.thumbnails.className = 'thumbnails';
    this.thumbnails.hidden = true;
    this.#bar.after(this.#search);
    scroller.before(this.thumbnails);
    scroller.addEventListener('keydown', (event) => this.#zoomByKey(event), { signal });
    this.#section.addEventListener('keydown', (event) => this.#searchByKey(event), { signal });
    signal.addEventListener('abort', () => this.#end(), { once: true });
  }

  /** Null until there are words. */
  get model(): ReadingModel | null {
    return this.#model;
  }

  update(model: ReadingModel): void {
    this.#model = model;
    this.#render();
  }

  report(state: PaneState): void {
    const wasSearching = this.#state?.search.isOpen ?? false;
    this.#state = state;
    this.thumbnails.hidden = !state.hasThumbnails;
    this.#render();
    if (state.search.isOpen === wasSearching) return;
    if (state.search.isOpen) this.#search.querySelector('input')?.select();
    else this.#scroller.focus({ preventScroll: true });
  }

  #render(): void {
    const model = this.#model;
    if (!model) return;
    const { view, messages, shown } = model;
    const state = this.#state;
    this.#section.ariaLabel = shown === 'signed' ? messages.signedDocument : messages.document;
    this.#scroller.ariaLabel = messages.documentRegion;
    this.thumbnails.ariaLabel = messages.reading.thumbnails;
    this.#bar.inert = shown === 'nothing';
    if (state) view.render(toolbarView(model, state, this.#act), this.#bar);
    if (state) view.render(searchView(model, state.search, this.#act), this.#search);
    view.render(stateView(model), this.#section);
  }

  /** Leaves the place as it was found. */
  #end(): void {
    const { view } = this.#model ?? {};
    for (const place of [this.#bar, this.#section]) view?.render(view.nothing, place);
    this.thumbnails.remove();
    this.#search.remove();
  }

  #zoomByKey(event: KeyboardEvent): void {
    const to = zoomOfKey(event);
    if (!to) return;
    event.preventDefault();
    this.#act.zoom(to);
  }

  #searchByKey(event: KeyboardEvent): void {
    const isTyping = event.composedPath()[0] instanceof HTMLInputElement;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (!this.#state?.search.isOpen) this.#act.toggleSearch();
  }
}
