import { html, nothing, type TemplateResult } from 'lit';
import type { Stage } from './events.ts';
import * as icons from './icons.ts';
import type { Model } from './model.ts';
import { stageOf, type Session } from './session.ts';

const order: Stage[] = ['sending', 'accepted', 'signing', 'conserving', 'done'];

/** The stage to show: what the service last said, or that it is being asked. */
export const currentStage = ({ signing }: Session): Stage => (signing ? stageOf(signing) : 'sending');

/** How far the signing has come, stage by stage. */
export function progressView({ session, messages }: Model): TemplateResult {
  const reached = order.indexOf(currentStage(session));
  const stateOf = (index: number) => (index < reached ? 'past' : index === reached ? 'now' : 'ahead');
  return html`
    <section class="block" aria-labelledby="progress">
      <h3 id="progress" tabindex="-1">${messages.progress}</h3>
      <ol class="stages">
        ${order.map(
          (stage, index) =>
            html`<li class=${stateOf(index)} aria-current=${index === reached ? 'step' : nothing}>
              <span class="mark" aria-hidden="true">${index < reached ? icons.check : nothing}</span
              >${messages.stages[stage]}
            </li>`,
        )}
      </ol>
      ${session.signing?.status === 'review' ? html`<p>${messages.review}</p>` : nothing}
    </section>
  `;
}
