import { html, nothing, type TemplateResult } from 'lit';
import * as icons from './icons.ts';
import { isRetryable } from './element-problem.ts';
import type { Messages } from './messages.ts';
import type { AnyProblemType } from './problem-type.ts';

export interface ProblemViewOptions {
  type: AnyProblemType;
  messages: Messages;
  retry: () => void;
  /** A sentence before the problem's own. */
  lead?: string | undefined;
}

const renewals = new Set<AnyProblemType>(['token-expired', 'token-not-yet-valid', 'token-source']);
const worthRetry = new Set<AnyProblemType>(['page-incomplete', 'document-unreadable', 'document-altered']);

/** What went wrong, what the signatory can do, and the button that does it. */
export function problemView({ type, messages, retry, lead }: ProblemViewOptions): TemplateResult {
  const label = renewals.has(type) ? messages.renew : messages.retry;
  const canRetry = isRetryable(type) || worthRetry.has(type);
  return html`
    <div class="problem" part="problem" role="alert" data-problem=${type}>
      ${icons.alert}
      <div>
        <p>
          ${lead ? html`<strong>${lead}</strong> ` : nothing}${messages.problems[type] ?? messages.problems.internal}
        </p>
        ${canRetry ? html`<button class="quiet" type="button" @click=${retry}>${label}</button>` : nothing}
      </div>
    </div>
  `;
}

/** The line is down; nothing is lost and nothing need be done. */
export const offlineView = (messages: Messages): TemplateResult =>
  html`<div class="offline" role="status"><span class="spinner"></span>${messages.retrying}</div>`;
