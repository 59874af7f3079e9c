import type { TemplateResult } from 'lit';
import { declineDialog } from './form/decline-dialog.ts';
import type { PanelModel } from './panel-model.ts';
import { check } from '../view/panel-icons.ts';

const steps = ['read', 'sign', 'keep'] as const;

/** Beside the document's name: how far the signatory is, and the way out. */
export function headView(model: PanelModel): TemplateResult {
  const { view, messages, act, session } = model;
  const isAsked = session.phase === 'reading';
  return view.html`
    ${stepsView(model)}
    ${
      isAsked
        ? view.html`<button class="text" part="decline-button" type="button" @click=${act.askDecline}>
              ${messages.decline}
            </button>
            ${declineDialog(model)}`
        : view.nothing
    }
  `;
}

function stepsView(model: PanelModel) {
  const { view, messages } = model;
  const now = stepOf(model);
  if (now < 0) return view.nothing;
  return view.html`<ol class="steps" aria-label=${messages.progress}>
    ${steps.map(
      (step, index) =>
        view.html`<li class=${index < now ? 'past' : index === now ? 'now' : 'ahead'} aria-current=${index === now ? 'step' : view.nothing}>
          <i aria-hidden="true">${index < now ? view.icon(check) : index + 1}</i>${messages.steps[step]}
        </li>`,
    )}
  </ol>`;
}

/** -1 where there is nothing to be signed. */
function stepOf({ session, viewed, autograph }: PanelModel): number {
  const { phase, reading } = session;
  if (phase === 'done') return 2;
  if (phase === 'sending' || phase === 'following') return 1;
  if (phase !== 'reading') return -1;
  return autograph.isMade || (reading.pages > 0 && viewed.length >= reading.pages) ? 1 : 0;
}
