import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons.ts';
import type { Model } from './model.ts';

/** The agreement: a bar to move in it, its pages, and what is wrong with it. */
export const documentView = (model: Model): TemplateResult => html`
  <section class="document" part="document" aria-label=${titleOf(model)}>
    ${toolbar(model)}
    <div
      class="scroller"
      part="pages"
      tabindex="0"
      role="region"
      aria-label=${model.messages.documentRegion}
      @keydown=${(event: KeyboardEvent) => zoomByKey(event, model)}
    >
      <div class="pages"></div>
      ${placeholder(model)}
    </div>
    ${state(model)}
  </section>
`;

const titleOf = ({ shown, messages }: Model): string =>
  shown === 'signed' ? messages.signedDocument : messages.document;

const toolbar = (model: Model): TemplateResult => {
  const { messages, pane, shown, act } = model;
  const button = (label: string, path: string, to: 'in' | 'out' | 'fit') =>
    html`<button class="tool" type="button" aria-label=${label} title=${label} @click=${() => act.zoom(to)}>
      ${icons.icon(path)}
    </button>`;
  return html`
    <div class="toolbar" ?inert=${shown === 'nothing'}>
      <span class="position">${shown === 'nothing' ? nothing : messages.pageOf(pane.page, pane.pages)}</span>
      ${shown === 'signed' ? html`<span class="badge">${icons.icon(icons.done)}${messages.signedDocument}</span>` : nothing}
      <span class="tools">
        ${button(messages.zoomOut, icons.minus, 'out')}
        <output class="percent" aria-label=${messages.zoomedTo(pane.percent)}>${pane.percent} %</output>
        ${button(messages.zoomIn, icons.plus, 'in')} ${button(messages.fitWidth, icons.width, 'fit')}
      </span>
    </div>
  `;
};

const keys: Record<string, 'in' | 'out' | 'fit'> = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit' };

function zoomByKey(event: KeyboardEvent, { act }: Model): void {
  const to = keys[event.key];
  if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act.zoom(to);
}

const placeholder = ({ shown, session }: Model) =>
  shown === 'nothing' && !session.reading.problem
    ? html`<div class="sheet" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i></div>`
    : nothing;

function state(model: Model) {
  const { session, messages, shown, panel } = model;
  const { reading } = session;
  if (shown === 'signed') return nothing;
  if (reading.problem)
    return panel?.problemView(model, reading.problem, reading.page ? messages.brokenPage(reading.page) : undefined);
  if (reading.state !== 'checking') return nothing;
  return html`<p class="checking">
    ${messages.checking(reading.checked, reading.pages)}
    <progress max=${reading.pages} value=${reading.checked} aria-label=${messages.loading}></progress>
  </p>`;
}
