import { stateView, toolbarView, type PaneActions, type PaneState } from './document-view.ts';
import type { PanelModel } from './model.ts';
import type { Zoom } from './zoom.ts';

const keys: Record<string, Zoom> = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit' };

/** What is around the pages: the bar above them, the state below them, names and keys. */
export class DocumentFrame {
  readonly #scroller: HTMLElement;
  readonly #act: PaneActions;
  #model: PanelModel | null = null;
  #state: PaneState = { page: 1, pages: 1, percent: 100 };

  constructor(scroller: HTMLElement, act: PaneActions, signal: AbortSignal) {
    this.#scroller = scroller;
    this.#act = act;
    scroller.addEventListener('keydown', (event) => this.#zoomByKey(event), { signal });
  }

  /** Null until there are words. */
  get model(): PanelModel | null {
    return this.#model;
  }

  update(model: PanelModel): void {
    this.#model = model;
    this.#render();
  }

  report(state: PaneState): void {
    this.#state = state;
    this.#render();
  }

  /** Leaves the place as it was found. */
  end(): void {
    const { kit } = this.#model ?? {};
    kit?.render(kit.nothing, this.#bar);
    kit?.render(kit.nothing, this.#section);
  }

  get #section(): HTMLElement {
    return this.#scroller.parentElement!;
  }

  get #bar(): HTMLElement {
    return this.#section.querySelector<HTMLElement>('.toolbar')!;
  }

  #render(): void {
    const model = this.#model;
    if (!model) return;
    const { kit, messages, shown } = model;
    const section = this.#section;
    const bar = this.#bar;
    section.ariaLabel = shown === 'signed' ? messages.signedDocument : messages.document;
    this.#scroller.ariaLabel = messages.documentRegion;
    bar.inert = shown === 'nothing';
    kit.render(toolbarView(model, this.#state, this.#act), bar);
    kit.render(stateView(model), section);
  }

  #zoomByKey(event: KeyboardEvent): void {
    const to = keys[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#act.zoom(to);
  }
}
