import type { TemplateResult } from 'lit';
import { fileView } from './file-view.ts';
import { formatTime } from '../words/format.ts';
import type { PanelModel } from './panel-model.ts';
import * as icons from '../view/panel-icons.ts';

/** The end of a signing: what was made of it, and the files to keep. */
export function doneView(model: PanelModel): TemplateResult {
  const { view, session, messages, act } = model;
  const { outputs, evidence, createdAt } = session.signing!;
  const { document, 'key-certificate': keyCertificate, 'conservation-certificate': conservationCertificate } = outputs;
  const { html, icon } = view;
  return html`
    <section class="block outcome">
      <span class="medal">${icon(icons.check)}</span>
      <h3 id="outcome" tabindex="-1">${messages.done}</h3>
      <p class="time">${messages.signedAt(formatTime(createdAt, messages.language))}</p>
      ${sequenceView(model)}
      <p>${messages.doneAdvice}</p>
      ${document.link ? takeView(model, document.link.href) : view.nothing}
    </section>
    <ul class="files" aria-label=${messages.files}>
      ${fileView(model, { name: 'document', output: document, icon: icons.page, title: messages.documentFile, advice: [messages.documentFileAdvice] })}
      ${fileView(model, { name: 'key-certificate', output: keyCertificate, icon: icons.key, title: messages.keyCertificate, advice: [messages.keyCertificateAdvice] })}
      ${fileView(model, { name: 'conservation-certificate', output: conservationCertificate, icon: icons.seal, title: messages.conservationCertificate, advice: [messages.conservationAdvice, honest(model)] })}
    </ul>
    <details class="verify">
      <summary>${messages.verifyQuestion}</summary>
      <p>${messages.verifyAdvice}</p>
    </details>
    <p class="evidence">
      <a href=${evidence.href} data-file="evidence" target="_blank" rel="noopener" @click=${act.open}
        >${messages.evidence}<span class="hidden"> (${messages.opensInTab})</span></a
      >
    </p>
  `;
}

/** The two things that most people want of it. The link is one to a download. */
const takeView = ({ view: { html, icon }, messages, act }: PanelModel, href: string): TemplateResult => html`
  <div class="take">
    <a class="primary" part="download-button" href=${href} target="_blank" rel="noopener" @click=${act.open}
      >${icon(icons.download)}${messages.download}</a
    >
    <button class="quiet" part="print-button" type="button" @click=${act.print}>
      ${icon(icons.printer)}${messages.print}
    </button>
  </div>
`;

// Where several sign: whether this is the end of it.
function sequenceView({ view, session, messages }: PanelModel) {
  const { of, position, state } = session.signing!.sequence;
  if (of === 1) return view.nothing;
  const texts = {
    open: messages.othersToSign(of - position),
    signed: messages.allSigned,
    completed: messages.allSigned,
    ended: messages.sequenceEnded,
  };
  return view.html`<p class="sequence">${texts[state]}</p>`;
}

/** What the service's own authority calls itself. */
const local = 'sello de tiempo local';

// Says what the certificate is not, wherever it is shown.
function honest({ session, messages }: PanelModel): string {
  const { accredited, issuer } = session.signing!.outputs['conservation-certificate'];
  if (accredited) return messages.conservationAccredited(issuer);
  return issuer.includes(local) ? messages.conservationLocal : messages.conservationNotAccredited(issuer);
}

export const declinedView = ({ view: { html, nothing, icon }, session, messages }: PanelModel): TemplateResult => html`
  <section class="block outcome declined">
    <span class="medal">${icon(icons.cross)}</span>
    <h3 id="outcome" tabindex="-1">${messages.declined}</h3>
    <p>${messages.declinedAdvice}</p>
    ${
      session.signing?.declineReason
        ? html`<dl>
            <div>
              <dt>${messages.declinedReason}</dt>
              <dd dir="auto">${session.signing.declineReason}</dd>
            </div>
          </dl>`
        : nothing
    }
  </section>
`;
