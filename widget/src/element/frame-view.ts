import { html, nothing, type TemplateResult } from 'lit';
import type { ElementModel, ReadyModel } from './element-model.ts';

/** The whole element. The document's place stays in the page through every phase, as its pages live there. */
export const frameView = (model: ElementModel): TemplateResult => html`
  <div
    class="frame"
    part="frame"
    lang=${model.messages?.language ?? model.locale}
    dir=${model.dir || (model.messages?.direction ?? 'ltr')}
    data-phase=${model.session.phase}
  >
    ${headerView(model)}
    <div class="columns">
      ${documentPlace}
      <div class="panel" part="panel">${hasWords(model) ? [noticeView(model), panelView(model)] : bones}</div>
    </div>
    <p class="hidden" role="status">${announcement(model)}</p>
  </div>
`;

/** Its pages, its bar and its words come with the chunk that shows it. */
const documentPlace = html`
  <section class="document" part="document">
    <div class="toolbar"></div>
    <div class="reading">
      <div class="scroller" part="pages" tabindex="0" role="region">
        <div class="pages"></div>
        <div class="sheet" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i></div>
      </div>
    </div>
  </section>
`;

/** Words and panel come together. */
export const hasWords = (model: ElementModel): model is ReadyModel => model.messages !== null && model.panel !== null;

const headerView = ({ session, messages }: ElementModel) => {
  const request = session.request;
  if (!request) return nothing;
  const { host } = request;
  return html`
    <header class="header" part="header">
      <p>${messages?.signingRequestOf(host.name) ?? host.name}</p>
      <h2>${request.document.name}</h2>
    </header>
  `;
};

function noticeView(model: ReadyModel) {
  const { session, panel } = model;
  if (session.problem) return panel.problemView(model, session.problem);
  return session.offline ? panel.offlineView(model) : nothing;
}

function panelView(model: ReadyModel) {
  const { messages, panel } = model;
  const { phase } = model.session;
  if (phase === 'stopped') return nothing;
  if (phase === 'waiting') return skeleton(messages.waiting);
  if (phase === 'loading') return skeleton(messages.loading);
  if (phase === 'reading') return panel.formView(model);
  if (phase === 'done') return panel.doneView(model);
  return phase === 'declined' ? panel.declinedView(model) : panel.progressView(model);
}

const bones = html`<div class="bones" aria-hidden="true"><i></i><i></i><i class="tall"></i><i></i></div>`;

const skeleton = (text: string): TemplateResult => html`
  <div class="block loading"><span class="spinner"></span>${text}</div>
  ${bones}
`;

/** What a screen reader is told as it happens; only changes are read out. */
function announcement({ session, messages, shown, stage }: ElementModel): string {
  if (!messages) return '';
  const { phase } = session;
  if (phase === 'waiting') return messages.waiting;
  if (phase === 'loading' || (phase === 'reading' && shown === 'nothing')) return messages.loading;
  if (phase === 'sending' || phase === 'following') return messages.stages[stage];
  if (phase === 'done') return messages.done;
  return phase === 'declined' ? messages.declined : '';
}
