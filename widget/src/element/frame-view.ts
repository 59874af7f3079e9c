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
      <div class="panel" part="panel">${hasWords(model) ? model.panel.panelView(model) : bones}</div>
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

/** It has its place before there is anything to say in it: what is below it does not move. */
const headerView = (model: ElementModel) => {
  const { request, phase } = model.session;
  if (!request && phase === 'stopped') return nothing;
  return html`
    <header class="header" part="header">
      ${
        request &&
        html`<div>
          <h2>${request.document.name}</h2>
          <p>${hostLine(model, request.host.name)}</p>
        </div>`
      }
      ${hasWords(model) ? model.panel.headView(model) : nothing}
    </header>
  `;
};

/** Once all is said and done, the host asks for nothing. */
const hostLine = ({ messages, session: { phase } }: ElementModel, name: string): string =>
  phase === 'done' || phase === 'declined' ? name : (messages?.signingRequestOf(name) ?? name);

const bones = html`<div class="bones" aria-hidden="true"><i></i><i></i></div>`;

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
