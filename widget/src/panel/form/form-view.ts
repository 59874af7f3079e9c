import type { TemplateResult } from 'lit';
import { autographView } from '../../autograph/views/autograph-view.ts';
import type { Missing } from '../../words/messages.ts';
import type { PanelModel } from '../panel-model.ts';
import { consentView } from './consent-view.ts';
import { signatoryView } from './signatory-view.ts';
import { unreadOf } from './unread.ts';

/** Who signs, and the pad. */
export const formView = (model: PanelModel): TemplateResult => model.view.html`
  ${signatoryView(model)} ${autographView(model)}
`;

/** What is to be agreed to and the button that signs: always in view. */
export const footView = (model: PanelModel): TemplateResult => model.view.html`
  <div class="foot">${consentView(model)} ${buttons(model)}</div>
`;

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
      <p class="hint" id="missing">${missing.length > 0 ? messages.toSign(list) : messages.readyToSign}</p>
    </div>
  `;
};
