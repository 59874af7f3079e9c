import type { Output, SigningView } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import type { Kit } from './kit.ts';
import type { Messages } from './messages.ts';
import type { PanelModel } from './model.ts';
import * as icons from './panel-icons.ts';

/** The end of a signing: what was made of it, and the files to keep. */
export function doneView({ kit, session, messages, act }: PanelModel): TemplateResult {
  const { outputs, evidence } = session.signing!;
  const { document, keyCertificate, conservationCertificate } = outputs;
  const { html, icon } = kit;
  const files = { kit, messages, open: act.open };
  return html`
    <section class="block outcome">
      <span class="medal">${icon(icons.check)}</span>
      <h3 id="outcome" tabindex="-1">${messages.done}</h3>
      ${sequenceView({ kit, session, messages })}
      <p>${messages.doneAdvice}</p>
    </section>
    <ul class="files" aria-label=${messages.files}>
      ${fileView({ ...files, name: 'document', output: document, icon: icons.page, title: messages.documentFile, advice: messages.documentFileAdvice })}
      ${fileView({ ...files, name: 'keyCertificate', output: keyCertificate, icon: icons.key, title: messages.keyCertificate, advice: messages.keyCertificateAdvice })}
      ${fileView({ ...files, name: 'conservationCertificate', output: conservationCertificate, icon: icons.seal, title: messages.conservationCertificate, advice: honest(outputs, messages) })}
    </ul>
    <p class="evidence">
      <a href=${evidence.href} data-file="evidence" target="_blank" rel="noopener" @click=${act.open}
        >${messages.evidence}<span class="hidden"> (${messages.opensInTab})</span></a
      >
    </p>
  `;
}

// Where several sign: whether this is the end of it.
function sequenceView({ kit, session, messages }: Pick<PanelModel, 'kit' | 'session' | 'messages'>) {
  const { of, state } = session.signing!.sequence;
  if (of === 1) return kit.nothing;
  const texts = { open: messages.othersToSign, signed: messages.allSigned, ended: messages.sequenceEnded };
  return kit.html`<p class="sequence">${texts[state]}</p>`;
}

// Says what the certificate is not, wherever it is shown.
function honest({ conservationCertificate }: SigningView['outputs'], messages: Messages): string {
  const { accredited, issuer } = conservationCertificate;
  return accredited ? messages.conservationAccredited(issuer) : messages.conservationLocal;
}

interface FileViewOptions {
  kit: Kit;
  name: string;
  output: Output;
  icon: string;
  title: string;
  advice: string;
  messages: Messages;
  open: (event: Event) => void;
}

const fileView = ({ kit, name, output, icon, title, advice, messages, open }: FileViewOptions): TemplateResult => {
  const { html } = kit;
  const drawing = kit.icon(icon);
  const text = html`<span><strong>${title}</strong><small>${advice}</small></span>`;
  if (output.link) {
    return html`<li>
      <a
        class="file"
        part="link"
        href=${output.link.href}
        data-file=${name}
        target="_blank"
        rel="noopener"
        @click=${open}
        >${drawing}${text}<span class="hidden"> (${messages.opensInTab})</span></a
      >
    </li>`;
  }
  const state = messages[output.state === 'issued' ? 'pending' : output.state];
  return html`<li>
    <span class="file">${drawing}${text}<em class="state" data-state=${output.state}>${state}</em></span>
  </li>`;
};

export const declinedView = ({ kit: { html, nothing, icon }, session, messages }: PanelModel): TemplateResult => html`
  <section class="block outcome declined">
    <span class="medal">${icon(icons.cross)}</span>
    <h3 id="outcome" tabindex="-1">${messages.declined}</h3>
    <p>${messages.declinedAdvice}</p>
    ${
      session.signing?.declineReason
        ? html`<dl>
            <div>
              <dt>${messages.declinedReason}</dt>
              <dd>${session.signing.declineReason}</dd>
            </div>
          </dl>`
        : nothing
    }
  </section>
`;
