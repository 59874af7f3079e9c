import type { TemplateResult } from 'lit';
import type { ReadingModel } from './reading-model.ts';
import * as icons from './pane-icons.ts';
import type { SearchState } from './reading/search.ts';
import type { Zoom } from './pages/zoom.ts';

/** What the bar shows of the pages. */
export interface PaneState {
  /** The page in view, from 1. */
  page: number;
  pages: number;
  /** Per cent of the document's own size at 96 pixels an inch. */
  percent: number;
  fits: 'width' | 'page' | null;
  search: SearchState;
  hasThumbnails: boolean;
  /** How many places the signatory has in the document. */
  places: number;
  /** The document is read as text. */
  isText: boolean;
}

export interface PaneActions {
  zoom: (to: Zoom) => void;
  goTo: (page: number) => void;
  goToSignature: () => void;
  toggleThumbnails: () => void;
  toggleText: () => void;
  toggleSearch: () => void;
  find: (wish: string) => void;
  step: (by: 1 | -1) => void;
}

interface Tool {
  label: string;
  path: string;
  name: string;
  press: () => void;
  /** Whether what it opens is open. */
  isOpen?: boolean;
  /** Written beside the icon where there is room. */
  text?: string;
}

/** A button of the bar. */
export function toolView({ view: { html, nothing, icon } }: Pick<ReadingModel, 'view'>, tool: Tool): TemplateResult {
  const { label, path, name, press, isOpen, text } = tool;
  return html`<button
    class="tool"
    type="button"
    data-tool=${name}
    aria-label=${label}
    title=${label}
    aria-expanded=${isOpen ?? nothing}
    @click=${press}
  >
    ${icon(path)}${text ? html`<span>${text}</span>` : nothing}
  </button>`;
}

/** The bar with which the reader moves in the document. */
export function toolbarView(model: ReadingModel, pane: PaneState, act: PaneActions): TemplateResult {
  const { html, nothing, icon } = model.view;
  const { messages, shown } = model;
  const { reading } = messages;
  const tool = (name: string, label: string, path: string, press: () => void, isOpen?: boolean) =>
    toolView(model, { name, label, path, press, ...(isOpen !== undefined && { isOpen }) });
  const fit =
    pane.fits === 'width'
      ? tool('fit', reading.fitPage, icons.wholePage, () => act.zoom('page'))
      : tool('fit', messages.fitWidth, icons.width, () => act.zoom('width'));
  return html`
    ${
      pane.pages > 1
        ? tool('thumbnails', reading.thumbnails, icons.thumbnails, act.toggleThumbnails, pane.hasThumbnails)
        : nothing
    }
    ${positionView(model, pane, act)}
    ${
      shown === 'signed'
        ? html`<span class="badge" title=${messages.signedDocument}
            >${icon(icons.done)}<span>${messages.signedDocument}</span></span
          >`
        : nothing
    }
    <span class="tools">
      ${isOver(model) ? nothing : signatureView(model, pane, act)}
      ${tool('text', reading.asText, icons.text, act.toggleText, pane.isText)}
      ${tool('search', reading.search, icons.search, act.toggleSearch, pane.search.isOpen)}
      <span class="zoom">
        ${tool('out', messages.zoomOut, icons.minus, () => act.zoom('out'))}
        <output class="percent" aria-label=${messages.zoomedTo(pane.percent)}>${pane.percent} %</output>
        ${tool('in', messages.zoomIn, icons.plus, () => act.zoom('in'))}
      </span>
      ${fit}
    </span>
  `;
}

/** Nothing will be signed here: there is no place of a signature to go to. */
const isOver = ({ session: { phase, reading } }: ReadingModel): boolean =>
  phase === 'stopped' || phase === 'declined' || reading.problem !== undefined;

const signatureView = (model: ReadingModel, { places }: PaneState, { goToSignature }: PaneActions): TemplateResult => {
  const { reading } = model.messages;
  return toolView(model, {
    name: 'signature',
    label: reading.toSignature,
    path: icons.toSignature,
    press: goToSignature,
    text: places > 1 ? reading.places(places) : reading.signature,
  });
};

/** The page in view; another one is written in its place. */
function positionView({ view, messages, shown }: ReadingModel, { page, pages }: PaneState, act: PaneActions) {
  const { html, nothing } = view;
  if (shown === 'nothing') return nothing;
  const go = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const wanted = Number(input.value);
    if (Number.isInteger(wanted) && wanted > 0) act.goTo(wanted);
    input.value = String(page);
  };
  const { reading } = messages;
  return html`<label class="position">
    <span>${reading.page}</span>
    <input
      inputmode="numeric"
      autocomplete="off"
      size=${String(pages).length}
      .value=${String(page)}
      @change=${go}
      @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
    />
    <span>${reading.ofPages(pages)}</span>
  </label>`;
}
