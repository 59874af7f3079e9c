import type { Output } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import { formatBytes } from '../../words/format.ts';
import type { PanelModel } from '../panel-model.ts';
import type { AnyProblemType } from '../../host/problem-type.ts';

export interface FileViewOptions {
  name: string;
  output: Output;
  icon: string;
  title: string;
  /** What it is, and what it is not. */
  advice: string[];
}

/**
 * A file that a signing leaves behind, or how far it is. A file in the state `failed` may have a link all the same,
 * and is then shown to have failed.
 */
export function fileView(model: PanelModel, options: FileViewOptions): TemplateResult {
  const { name, output, icon, title } = options;
  const { view, messages, act } = model;
  // A file that failed proves nothing, so nothing is said of what it would prove.
  const advice = output.state === 'failed' ? [] : options.advice;
  const { html } = view;
  const inside = html`${view.icon(icon)}<span
      ><strong>${title}</strong>${advice.map((text) => html`<small>${text}</small>`)}${sizeView(model, output)}</span
    >${stateView(model, output)}`;
  if (!output.link) return html`<li><span class="file">${inside}</span></li>`;
  return html`<li>
    <a
      class="file"
      part="link"
      href=${output.link.href}
      data-file=${name}
      target="_blank"
      rel="noopener"
      @click=${act.open}
      >${inside}<span class="hidden"> (${messages.opensInTab})</span></a
    >
  </li>`;
}

const sizeView = ({ view, messages }: PanelModel, { bytes }: Output) =>
  bytes ? view.html`<small class="size">${formatBytes(bytes, messages.language)}</small>` : view.nothing;

function stateView({ view, messages }: PanelModel, { state, link, problem }: Output) {
  const { html, nothing } = view;
  if (state === 'issued' && link) return nothing;
  const type = problem?.type.split(':').pop() as AnyProblemType | undefined;
  const shown = state === 'issued' ? 'pending' : state;
  return html`<em class="state" data-state=${shown}>${messages[shown]}</em>${
      type ? html`<small class="cause">${messages.problems[type] ?? messages.problems.internal}</small>` : nothing
    }`;
}
