import type { Output, SigningView } from '@tu-esign/contract';
import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons.ts';
import type { Messages } from './messages.ts';
import type { Model } from './model.ts';

/** The end of a signing: what was made of it, and the files to keep. */
export function doneView({ session, messages, act }: Model): TemplateResult {
  const { outputs, evidence } = session.signing!;
  const { document, keyCertificate, conservationCertificate } = outputs;
  const files = { messages, open: act.open };
  return html`
    <section class="block outcome">
      <span class="medal">${icons.check}</span>
      <h3 id="outcome" tabindex="-1">${messages.done}</h3>
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

// Says what the certificate is not, wherever it is shown.
function honest({ conservationCertificate }: SigningView['outputs'], messages: Messages): string {
  const { accredited, issuer } = conservationCertificate;
  return accredited ? messages.conservationAccredited(issuer) : messages.conservationLocal;
}

interface FileViewOptions {
  name: string;
  output: Output;
  icon: unknown;
  title: string;
  advice: string;
  messages: Messages;
  open: (event: Event) => void;
}

const fileView = ({ name, output, icon, title, advice, messages, open }: FileViewOptions): TemplateResult => {
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
        >${icon}${text}<span class="hidden"> (${messages.opensInTab})</span></a
      >
    </li>`;
  }
  const state = output.state === 'failed' ? messages.failed : messages.pending;
  return html`<li>
    <span class="file">${icon}${text}<em>${state}</em></span>
  </li>`;
};

export const declinedView = ({ session, messages }: Model): TemplateResult => html`
  <section class="block outcome declined">
    <span class="medal">${icons.cross}</span>
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
