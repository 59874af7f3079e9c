import type { SigningRequestView } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import type { ViewTools } from '../view/view-tools.ts';
import { isForHost, kindOf } from '../words/problem-kinds.ts';
import type { PanelModel } from './panel-model.ts';
import { alert } from '../view/panel-icons.ts';
import type { AnyProblemType } from '../host/problem-type.ts';

type HostContact = NonNullable<SigningRequestView['host']['contact']>;

const renewals = new Set<AnyProblemType>(['token-expired', 'token-not-yet-valid', 'token-source', 'token-timeout']);
const worthRetry = new Set<AnyProblemType>(['page-incomplete', 'document-unreadable', 'document-altered']);

/** What went wrong, what the signatory can do, whom to ask, and the button that does it; `lead` goes before. */
export function problemView(model: PanelModel, type: AnyProblemType, lead?: string): TemplateResult {
  const { view, messages, act } = model;
  const { html, nothing, icon } = view;
  if (type === 'not-your-turn') return turnView(view, messages.problems[type]);
  const label = renewals.has(type) ? messages.renew : messages.retry;
  const canRetry = view.isRetryable(type) || worthRetry.has(type);
  return html`
    <div class="problem" part="problem" role="alert" data-problem=${type}>
      ${icon(alert)}
      <div>
        <strong>${messages.problemTitles[kindOf(type)]}</strong>
        <p>${lead ? `${lead} ` : nothing}${messages.problems[type] ?? messages.problems.internal}</p>
        ${detailView(model, type)} ${isForHost(type) ? contactView(model) : nothing}
        ${canRetry ? html`<button class="quiet" type="button" @click=${act.retry}>${label}</button>` : nothing}
      </div>
    </div>
  `;
}

/** Who can help: the host by name, where the service has told it. */
const contactView = ({ view, session, messages }: PanelModel) => {
  const { name, contact } = session.request?.host ?? session.host ?? {};
  return view.html`<p class="contact">${messages.askHost(name)} ${waysOf(contact).map(
    ([href, text]) => view.html`<a href=${href}>${text}</a> `,
  )}</p>`;
};

/** As the hosts file tells them, in the order in which most people would take them. */
const waysOf = ({ telephone, email, url }: HostContact = {}): [href: string, text: string][] => {
  const ways: [string, string][] = [];
  if (telephone) ways.push([`tel:${telephone.replaceAll(/[^+\d]/g, '')}`, telephone]);
  if (email) ways.push([`mailto:${email}`, email]);
  if (url) ways.push([url, new URL(url).host]);
  return ways;
};

/** The host's own words, named as such, whether they run from left to right or from right to left. */
const detailView = ({ view, session, messages }: PanelModel, type: AnyProblemType) =>
  session.detail && session.problem === type
    ? view.html`<p><b>${messages.hostSays(session.request!.host.name)}</b> <bdi>${session.detail}</bdi></p>`
    : view.nothing;

/** Somebody else signs first; nothing is wrong. */
const turnView = ({ html }: ViewTools, text: string): TemplateResult =>
  html`<div class="offline" role="status" data-problem="not-your-turn"><span class="spinner"></span>${text}</div>`;

/** The line is down; nothing is lost and nothing need be done. */
export const offlineView = ({ view, session, messages }: PanelModel): TemplateResult =>
  view.html`<div class="offline" role="status">
    <span class="spinner"></span>${session.wanted ? messages.sentLater : messages.retrying}
  </div>`;
