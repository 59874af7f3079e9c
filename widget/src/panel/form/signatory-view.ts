import type { Signatory } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import { initialsOf, nameOf } from '../../view/name.ts';
import type { Messages } from '../../words/messages.ts';
import type { PanelModel } from '../panel-model.ts';

/** Who signs, in one row: the name, and by what they are known. */
export function signatoryView({ view, session, messages }: PanelModel): TemplateResult {
  const { signatory, sequence } = session.request!;
  const { position, of } = sequence;
  const { html, nothing } = view;
  return html`
    <section class="who" aria-label=${messages.signatory}>
      <span class="initials" aria-hidden="true">${initialsOf(signatory).slice(0, 2)}</span>
      <div>
        <strong>${nameOf(signatory)}</strong>
        <p><span>${signatory.email}</span>${taxOf(messages, signatory).map((text) => html`<span>${text}</span>`)}</p>
        ${of > 1 ? html`<p class="sequence">${messages.sequence(position, of)}</p>` : nothing}
      </div>
    </section>
  `;
}

/**
 * The number by which a state knows the signatory: Mexico’s, or another’s by the name that it has there. One line holds
 * both.
 */
function taxOf(messages: Messages, { rfc, taxId }: Signatory): string[] {
  const label = rfc || taxId?.kind === 'rfc' ? messages.rfc : taxId?.kind.toUpperCase();
  const value = rfc ?? taxId?.value;
  return value ? [`${label}\u00a0${value}`] : [];
}
