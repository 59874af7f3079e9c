import type { TemplateResult } from 'lit';
import type { Kit } from './kit.ts';
import type { PanelModel } from './model.ts';
import { alert } from './panel-icons.ts';
import type { AnyProblemType } from './problem-type.ts';

const renewals = new Set<AnyProblemType>(['token-expired', 'token-not-yet-valid', 'token-source', 'token-timeout']);
const worthRetry = new Set<AnyProblemType>(['page-incomplete', 'document-unreadable', 'document-altered']);

/** What went wrong, what the signatory can do, and the button that does it; `lead` goes before. */
export function problemView({ kit, messages, act }: PanelModel, type: AnyProblemType, lead?: string): TemplateResult {
  const { html, nothing, icon } = kit;
  if (type === 'not-your-turn') return turnView(kit, messages.problems[type]);
  const label = renewals.has(type) ? messages.renew : messages.retry;
  const canRetry = kit.isRetryable(type) || worthRetry.has(type);
  return html`
    <div class="problem" part="problem" role="alert" data-problem=${type}>
      ${icon(alert)}
      <div>
        <p>
          ${lead ? html`<strong>${lead}</strong> ` : nothing}${messages.problems[type] ?? messages.problems.internal}
        </p>
        ${canRetry ? html`<button class="quiet" type="button" @click=${act.retry}>${label}</button>` : nothing}
      </div>
    </div>
  `;
}

/** Somebody else signs first; nothing is wrong. */
const turnView = ({ html }: Kit, text: string): TemplateResult =>
  html`<div class="offline" role="status" data-problem="not-your-turn"><span class="spinner"></span>${text}</div>`;

/** The line is down; nothing is lost and nothing need be done. */
export const offlineView = ({ kit, messages }: PanelModel): TemplateResult =>
  kit.html`<div class="offline" role="status"><span class="spinner"></span>${messages.retrying}</div>`;
