import type { TemplateResult } from 'lit';
import type { PanelModel } from './panel-model.ts';

/** At the foot of a phone: how things stand, and the one thing to do next. */
export function barView(model: PanelModel): TemplateResult | typeof model.view.nothing {
  const { view, act } = model;
  const words = wordsOf(model);
  if (!words) return view.nothing;
  const { state, advice, button } = words;
  return view.html`
    <div class="bar">
      <p>
        ${state ? view.html`<span>${state}</span>` : view.nothing}
        ${advice ? view.html`<strong>${advice}</strong>` : view.nothing}
      </p>
      ${
        button
          ? view.html`<button class="next" type="button" @click=${act.openPad}>${button}</button>`
          : view.html`<span class="spinner"></span>`
      }
    </div>
  `;
}

interface BarWords {
  state?: string;
  advice?: string;
  /** Null where there is nothing to do but to wait. */
  button: string | null;
}

/** Null where nothing can be done here. */
function wordsOf({ messages, session, stage, viewed }: PanelModel): BarWords | null {
  const { phase, reading } = session;
  if (phase === 'waiting') return { advice: messages.waiting, button: null };
  if (phase === 'loading') return { advice: messages.loading, button: null };
  if (phase === 'done') return { advice: messages.done, button: messages.showFiles };
  if (phase === 'sending' || phase === 'following') return { advice: messages.stages[stage], button: messages.show };
  if (phase !== 'reading') return { button: messages.show };
  if (reading.problem) return null;
  if (reading.pages === 0) return { advice: messages.loading, button: messages.goToSign };
  if (viewed.length >= reading.pages) return { advice: messages.readAll, button: messages.goToSign };
  const state = messages.reading.viewed(viewed.length, reading.pages);
  return { state, advice: messages.readOn, button: messages.goToSign };
}
