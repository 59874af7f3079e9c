import type { TemplateResult } from 'lit';
import type { Stage } from '../../host/events.ts';
import type { PanelModel } from '../panel-model.ts';
import { check } from '../../view/panel-icons.ts';

const order: Stage[] = ['sending', 'accepted', 'signing', 'conserving', 'done'];

/** How far the signing has come, stage by stage. */
export function progressView({
  view: { html, nothing, icon },
  session,
  messages,
  stage: current,
}: PanelModel): TemplateResult {
  const reached = order.indexOf(current);
  const stateOf = (index: number) => (index < reached ? 'past' : index === reached ? 'now' : 'ahead');
  return html`
    <section class="block" aria-labelledby="progress">
      <h3 id="progress" tabindex="-1">${messages.progress}</h3>
      <ol class="stages">
        ${order.map(
          (stage, index) =>
            html`<li class=${stateOf(index)} aria-current=${index === reached ? 'step' : nothing}>
              <span class="mark" aria-hidden="true">${index < reached ? icon(check) : nothing}</span
              >${messages.stages[stage]}
            </li>`,
        )}
      </ol>
      ${session.signing?.status === 'review' ? html`<p>${messages.review}</p>` : nothing}
    </section>
  `;
}
