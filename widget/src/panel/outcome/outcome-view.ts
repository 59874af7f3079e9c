import type { TemplateResult } from 'lit';
import { fileView } from './file-view.ts';
import { formatDay, formatTime } from '../../words/format.ts';
import type { PanelModel } from '../panel-model.ts';
import * as icons from '../../view/panel-icons.ts';

/** In which the words name the zone; others are told by what they differ from UTC. */
const central = 'America/Mexico_City';

/** The end of a signing: the signed document to keep, what it is for, and what proves it for who needs that. */
export function doneView(model: PanelModel): TemplateResult {
  const { view, session, messages } = model;
  const { outputs, createdAt } = session.signing!;
  const { document } = outputs;
  const { html, icon } = view;
  const { timeZone } = session.request!;
  const time = formatTime(createdAt, messages.language, timeZone);
  return html`
    <section class="block outcome">
      <span class="medal">${icon(icons.check)}</span>
      <h3 id="outcome" tabindex="-1">${messages.done}</h3>
      <p class="time">${messages.signedAt(timeZone === central ? `${time}, ${messages.centralTime}` : time)}</p>
      ${sequenceView(model)}
      <p>${messages.doneAdvice}</p>
      ${document.link ? takeView(model, document.link.href) : view.nothing}
    </section>
    ${proofsView(model)}
    <details class="verify">
      <summary>${messages.verifyQuestion}</summary>
      <p>${messages.verifyAdvice}</p>
    </details>
  `;
}

/** Certificates and evidence, in one fold; it is open where something of them went wrong. */
function proofsView(model: PanelModel): TemplateResult {
  const { view, session, messages, act } = model;
  const { outputs, evidence, createdAt } = session.signing!;
  const { document, 'key-certificate': keyCertificate, 'conservation-certificate': conservation } = outputs;
  const { html } = view;
  const day = formatDay(conservation.issuedAt ?? createdAt, messages.language, session.request!.timeZone);
  return html`
    <details class="proofs" ?open=${hasFailed(keyCertificate) || hasFailed(conservation)}>
      <summary>${messages.proofs}</summary>
      <ul class="files" aria-label=${messages.files}>
        ${fileView(model, { name: 'document', output: document, icon: icons.page, title: messages.documentFile, advice: [messages.documentFileAdvice, ...durability(model)] })}
        ${fileView(model, { name: 'key-certificate', output: keyCertificate, icon: icons.key, title: messages.keyCertificate, advice: [messages.keyCertificateAdvice] })}
        ${fileView(model, { name: 'conservation-certificate', output: conservation, icon: icons.seal, title: conservationTitle(model), advice: [messages.conservationAdvice(day), honest(model)] })}
      </ul>
      <p class="evidence">
        <a href=${evidence.href} data-file="evidence" target="_blank" rel="noopener" @click=${act.open}
          >${messages.evidence}<span class="hidden"> (${messages.opensInTab})</span></a
        >
      </p>
    </details>
  `;
}

/** What was found in the document, and nothing where nothing was. A level of a later release is not known here. */
const durability = ({ session, messages }: PanelModel): string[] => {
  const { level } = session.signing!.outputs.document;
  const said = level && messages.durability[level];
  return said ? [said] : [];
};

const hasFailed = ({ state }: { state: string }): boolean => state === 'failed';

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
const isLocal = ({ accredited, issuer }: { accredited: boolean; issuer: string }) =>
  !accredited && issuer.includes(local);

/** One of the service's own is for trying things out, and is called so. */
const conservationTitle = ({ session, messages }: PanelModel): string =>
  isLocal(session.signing!.outputs['conservation-certificate'])
    ? messages.localConservation
    : messages.conservationCertificate;

// Says what the certificate is not, wherever it is shown.
function honest({ session, messages }: PanelModel): string {
  const conservation = session.signing!.outputs['conservation-certificate'];
  const { accredited, issuer } = conservation;
  if (accredited) return messages.conservationAccredited(issuer);
  return isLocal(conservation) ? messages.conservationLocal : messages.conservationNotAccredited(issuer);
}

export const declinedView = ({ view: { html, nothing, icon }, session, messages }: PanelModel): TemplateResult => html`
  <section class="block outcome declined">
    <span class="medal">${icon(icons.cross)}</span>
    <h3 id="outcome" tabindex="-1">${messages.declined}</h3>
    <p>${messages.declinedAdvice(session.request!.host.name)}</p>
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
