import { html, nothing, type TemplateResult } from 'lit';
import { documentView } from './document-view.ts';
import { formView } from './form-view.ts';
import type { Model } from './model.ts';
import { declinedView, doneView } from './outcome-view.ts';
import { offlineView, problemView } from './problem-view.ts';
import { currentStage, progressView } from './progress-view.ts';

/** The whole element. The document's place stays in the page through every phase, as its pages live there. */
export const frameView = (model: Model): TemplateResult => html`
  <div class="frame" part="frame" lang=${model.locale} data-phase=${model.session.phase}>
    ${headerView(model)}
    <div class="columns">
      ${documentView(model)}
      <div class="panel" part="panel">${noticeView(model)} ${panelView(model)}</div>
    </div>
    <p class="hidden" role="status">${announcement(model)}</p>
  </div>
`;

const headerView = ({ session, messages }: Model) => {
  const request = session.request;
  if (!request) return nothing;
  return html`
    <header class="header" part="header">
      <p>${messages.signingRequestOf(request.host.name)}</p>
      <h2>${request.document.name}</h2>
    </header>
  `;
};

function noticeView({ session, messages, act }: Model) {
  if (session.problem) return problemView({ type: session.problem, messages, retry: act.retry });
  return session.offline ? offlineView(messages) : nothing;
}

function panelView(model: Model) {
  const { session, messages } = model;
  switch (session.phase) {
    case 'waiting':
      return skeleton(messages.waiting);
    case 'loading':
      return skeleton(messages.loading);
    case 'reading':
      return formView(model);
    case 'sending':
    case 'following':
      return progressView(model);
    case 'done':
      return doneView(model);
    case 'declined':
      return declinedView(model);
    case 'stopped':
    default:
      return nothing;
  }
}

const skeleton = (text: string): TemplateResult => html`
  <div class="block loading"><span class="spinner"></span>${text}</div>
  <div class="bones" aria-hidden="true"><i></i><i></i><i class="tall"></i><i></i></div>
`;

/** What a screen reader is told as it happens; only changes are read out. */
function announcement({ session, messages, shown }: Model): string {
  const { phase } = session;
  if (phase === 'waiting') return messages.waiting;
  if (phase === 'loading' || (phase === 'reading' && shown === 'nothing')) return messages.loading;
  if (phase === 'sending' || phase === 'following') return messages.stages[currentStage(session)];
  if (phase === 'done') return messages.done;
  return phase === 'declined' ? messages.declined : '';
}
