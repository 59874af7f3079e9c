import type { SigningRequestView } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import type { PanelModel } from '../panel-model.ts';

type HostConsent = SigningRequestView['hostConsents'][number];

/**
 * What the signatory agrees to, word for word: the service's own, and each of the host's as an act by itself, none of
 * them ticked beforehand. A long text shows its first sentence, and all of it one press away; the digest that is sent
 * covers all of it.
 */
export function consentView(model: PanelModel): TemplateResult {
  const { view, consented, act, session } = model;
  const { locale, text } = model.consent!;
  const change = (event: Event) => act.consent((event.target as HTMLInputElement).checked);
  return view.html`
    <div class="consents">
      <div class="agreed">
        <label class="consent">
          <input type="checkbox" .checked=${consented} @change=${change} />
          <span lang=${locale}>${partText(text)[0]}</span>
        </label>
        ${restView(model, text, locale)}
      </div>
      ${session.request!.hostConsents.map((consent) => hostConsentView(model, consent))}
    </div>
  `;
}

/** One of the host's: whether it may be left out, and where more of it is to be read. */
function hostConsentView(model: PanelModel, { id, text, required, url }: HostConsent): TemplateResult {
  const { view, messages, accepted, act, session } = model;
  const change = (event: Event) => act.accept(id, (event.target as HTMLInputElement).checked);
  const lang = session.request!.locale ?? model.locale;
  return view.html`
    <div class="agreed host">
      <label class="consent">
        <input
          type="checkbox"
          name=${id}
          ?data-required=${required}
          .checked=${accepted.has(id)}
          @change=${change}
        />
        <span
          ><span lang=${lang} dir="auto">${partText(text)[0]}</span>${required ? view.nothing : view.html` <small>(${messages.mayBeLeft})</small>`}</span
        >
      </label>
      ${restView(model, text, lang)}
      ${
        url
          ? view.html`<p class="more-of-it"><a href=${url} target="_blank" rel="noopener noreferrer"
              >${messages.readMore}<span class="hidden"> (${messages.opensInTab})</span></a
            ></p>`
          : view.nothing
      }
    </div>
  `;
}

function restView({ view, messages }: PanelModel, text: string, lang: string): TemplateResult | typeof view.nothing {
  const [, rest] = partText(text);
  return rest
    ? view.html`<details>
        <summary>${messages.consentRest}</summary>
        <p lang=${lang}>${rest}</p>
      </details>`
    : view.nothing;
}

/** Texts up to this length are shown whole. */
const short = 160;

/** The first sentence, and what follows it. */
function partText(text: string): [first: string, rest: string] {
  const end = /[.!?](?=\s+\p{Lu})/u.exec(text);
  if (!end || text.length < short) return [text, ''];
  return [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()];
}
