import type { nothing, TemplateResult } from 'lit';
import { barView } from './bar-view.ts';
import { footView, formView } from './form/form-view.ts';
import { declinedView, doneView } from './outcome/outcome-view.ts';
import { progressView } from './outcome/progress-view.ts';
import type { PanelModel } from './panel-model.ts';
import { offlineView, problemView } from './problem-view.ts';
import { chevron } from '../view/panel-icons.ts';

/** What is beside the document, or in a sheet below it: a bar while that is closed, and what is to be done. */
export function dockView(model: PanelModel): TemplateResult {
  const { view, messages, act } = model;
  const { isOpen } = act.sheet;
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    act.sheet.close();
  };
  return view.html`
    <div class="dock" ?data-open=${isOpen} ?data-idle=${isIdle(model)} @keydown=${leave}>
      ${barView(model)}
      <button class="grab" type="button" aria-label=${messages.cancel} title=${messages.cancel} @click=${() => act.sheet.close()}>
        ${view.icon(chevron)}
      </button>
      <div class="body">${noticeView(model)} ${bodyView(model)}</div>
      ${isForm(model) ? footView(model) : view.nothing}
    </div>
  `;
}

/** Where there is no document that can be signed, there is no form either. */
const isForm = ({ session: { phase, reading } }: PanelModel): boolean => phase === 'reading' && !reading.problem;

/** Nothing to do and nothing to tell: what is wrong with the document is told where the document would be. */
const isIdle = (model: PanelModel): boolean => {
  const { phase, problem, offline } = model.session;
  return phase === 'reading' && !isForm(model) && !problem && !offline;
};

function noticeView(model: PanelModel): TemplateResult | typeof nothing {
  const { session, view } = model;
  if (session.problem) return problemView(model, session.problem);
  return session.offline ? offlineView(model) : view.nothing;
}

function bodyView(model: PanelModel): TemplateResult | typeof nothing {
  const { messages, session, view } = model;
  const { phase } = session;
  if (phase === 'waiting') return skeleton(model, messages.waiting);
  if (phase === 'loading') return skeleton(model, messages.loading);
  if (phase === 'reading') return isForm(model) ? formView(model) : view.nothing;
  if (phase === 'done') return doneView(model);
  if (phase === 'declined') return declinedView(model);
  return phase === 'stopped' ? view.nothing : progressView(model);
}

const skeleton = ({ view }: PanelModel, text: string): TemplateResult => view.html`
  <div class="block loading"><span class="spinner"></span>${text}</div>
  <div class="bones" aria-hidden="true"><i></i><i></i><i class="tall"></i><i></i></div>
`;
