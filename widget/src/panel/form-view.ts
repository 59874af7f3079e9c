import type { Signatory } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import { autographView } from '../autograph/views/autograph-view.ts';
import type { ViewTools } from '../view/view-tools.ts';
import type { Messages, Missing } from '../words/messages.ts';
import type { PanelModel } from './panel-model.ts';
import { nameOf } from '../view/name.ts';
import { unreadOf } from './unread.ts';

/** Who signs, the autograph pad, the consent and the two ways out. */
export const formView = (model: PanelModel): TemplateResult => model.view.html`
  ${signatoryView(model)} ${autographView(model)} ${consentView(model)} ${buttons(model)}
`;

const row = ({ html, nothing }: ViewTools, term: string, text: string | undefined) =>
  text
    ? html`<div>
        <dt>${term}</dt>
        <dd>${text}</dd>
      </div>`
    : nothing;

/** The number by which a state knows the signatory: Mexico’s, or another’s by the name that it has there. */
function taxView(view: ViewTools, messages: Messages, { rfc, taxId }: Signatory) {
  const label = rfc || taxId?.kind === 'rfc' ? messages.rfc : taxId?.kind.toUpperCase();
  return row(view, label ?? '', rfc ?? taxId?.value);
}

const signatoryView = ({ view, session, messages }: PanelModel): TemplateResult => {
  const { signatory, sequence } = session.request!;
  const { position, of } = sequence;
  return view.html`
    <section class="block" aria-labelledby="signatory">
      <h3 id="signatory">${messages.signatory}</h3>
      ${of > 1 ? view.html`<p class="hint sequence">${messages.sequence(position, of)}</p>` : view.nothing}
      <dl>
        ${row(view, messages.name, nameOf(signatory))} ${row(view, messages.email, signatory.email)}
        ${taxView(view, messages, signatory)}
      </dl>
    </section>
  `;
};

const consentView = (model: PanelModel): TemplateResult => {
  const { locale, text } = model.consent!;
  const change = (event: Event) => model.act.consent((event.target as HTMLInputElement).checked);
  return model.view.html`
    <label class="consent block">
      <input type="checkbox" .checked=${model.consented} @change=${change} />
      <span lang=${locale}>${text}</span>
    </label>
  `;
};

/** What is to be done of the autograph depends on the way it is made; of the pages, on which were viewed. */
const sayMissing =
  (model: PanelModel) =>
  (missing: Missing): string => {
    const { messages, autograph } = model;
    if (missing === 'pages') return sayUnread(model);
    if (missing !== 'autograph') return messages.missing[missing];
    const isBegun = autograph.method === 'draw' && !autograph.ink.isEmpty;
    return isBegun ? messages.missingInk : messages.missingAutograph[autograph.method];
  };

const sayUnread = ({ messages, viewed, session, locale }: PanelModel): string => {
  const unread = unreadOf(viewed, session.reading.pages);
  return messages.reading.toView(new Intl.ListFormat(locale, { type: 'unit' }).format(unread.ranges), unread.count);
};

const buttons = (model: PanelModel): TemplateResult => {
  const { view, messages, missing, act } = model;
  const list = new Intl.ListFormat(messages.language, { type: 'conjunction' }).format(missing.map(sayMissing(model)));
  return view.html`
    <div class="buttons">
      <button
        class="primary"
        part="sign-button"
        type="button"
        aria-disabled=${missing.length > 0}
        aria-describedby="missing"
        @click=${act.sign}
      >
        ${messages.sign}
      </button>
      <p class="hint" id="missing">${missing.length > 0 ? messages.toSign(list) : view.nothing}</p>
      <button class="text" part="decline-button" type="button" @click=${act.askDecline}>${messages.decline}</button>
    </div>
    ${declineDialog(model)}
  `;
};

const declineDialog = ({ view, messages, act }: PanelModel): TemplateResult => {
  const send = (event: Event) => {
    event.preventDefault();
    act.decline(new FormData(event.target as HTMLFormElement).get('reason') as string);
  };
  return view.html`
    <dialog aria-labelledby="decline-question" aria-describedby="decline-advice">
      <form @submit=${send}>
        <h3 id="decline-question">${messages.declineQuestion}</h3>
        <p id="decline-advice">${messages.declineAdvice}</p>
        <label
          >${messages.declineReason} <small>(${messages.optional})</small>
          <textarea name="reason" rows="3" maxlength="500"></textarea>
        </label>
        <div class="choices">
          <button class="quiet" type="button" @click=${act.cancelDecline}>${messages.cancel}</button>
          <button class="danger" type="submit">${messages.declineConfirm}</button>
        </div>
      </form>
    </dialog>
  `;
};
