import type { TemplateResult } from 'lit';
import type { PanelModel } from './model.ts';
import * as icons from './pane-icons.ts';
import type { Zoom } from './zoom.ts';

/** What the bar shows of the pages. */
export interface PaneState {
  /** The page in view, from 1. */
  page: number;
  pages: number;
  /** Per cent of the document's own size at 96 pixels an inch. */
  percent: number;
}

export interface PaneActions {
  zoom: (to: Zoom) => void;
}

/** The bar with which the reader moves in the document. */
export function toolbarView(model: PanelModel, pane: PaneState, act: PaneActions): TemplateResult {
  const { html, nothing, icon } = model.kit;
  const { messages, shown } = model;
  const button = (label: string, path: string, to: Zoom) =>
    html`<button class="tool" type="button" aria-label=${label} title=${label} @click=${() => act.zoom(to)}>
      ${icon(path)}
    </button>`;
  return html`
    <span class="position">${shown === 'nothing' ? nothing : messages.pageOf(pane.page, pane.pages)}</span>
    ${shown === 'signed' ? html`<span class="badge">${icon(icons.done)}${messages.signedDocument}</span>` : nothing}
    <span class="tools">
      ${button(messages.zoomOut, icons.minus, 'out')}
      <output class="percent" aria-label=${messages.zoomedTo(pane.percent)}>${pane.percent} %</output>
      ${button(messages.zoomIn, icons.plus, 'in')} ${button(messages.fitWidth, icons.width, 'fit')}
    </span>
  `;
}

/** What is wrong with the document, or how far it has been checked. */
export function stateView(model: PanelModel) {
  const { kit, session, messages, shown, panel } = model;
  const { reading } = session;
  if (shown === 'signed') return kit.nothing;
  // Told once, and where the signatory looks: beside the document.
  if (reading.problem && reading.problem === session.problem) return kit.nothing;
  if (reading.problem)
    return panel.problemView(model, reading.problem, reading.page ? messages.brokenPage(reading.page) : undefined);
  if (reading.state !== 'checking') return kit.nothing;
  return kit.html`<p class="checking">
    ${messages.checking(reading.checked, reading.pages)}
    <progress max=${reading.pages} value=${reading.checked} aria-label=${messages.loading}></progress>
  </p>`;
}
