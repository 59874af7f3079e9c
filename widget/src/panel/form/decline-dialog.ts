import type { TemplateResult } from 'lit';
import type { PanelModel } from '../panel-model.ts';

/** Asks before the signatory declines, and for the reason. */
export function declineDialog({ view, messages, act, session }: PanelModel): TemplateResult {
  const send = (event: Event) => {
    event.preventDefault();
    act.decline(new FormData(event.target as HTMLFormElement).get('reason') as string);
  };
  const { name } = session.request!.host;
  return view.html`
    <dialog class="decline" aria-labelledby="decline-question" aria-describedby="decline-advice">
      <form @submit=${send}>
        <h3 id="decline-question">${messages.declineQuestion}</h3>
        <p id="decline-advice">${messages.declineAdvice(name)}</p>
        <label
          >${messages.declineReason} <small>(${messages.optional})</small>
          <textarea name="reason" rows="3" maxlength="500"></textarea>
        </label>
        <div class="choices">
          <button class="quiet" type="button" @click=${act.cancelDecline}>${messages.cancel}</button>
          <button class="danger" type="submit">${messages.declineConfirm}</button>
        </div>
      </form>
    </dialog>
  `;
}
