import type { TemplateResult } from 'lit';
import type { AutographModel } from './autograph-model.ts';
import { padView } from './draw-view.ts';

/** A second, small pad for the initials, and the one act that puts them on all of their pages. */
export function initialsView(model: AutographModel): TemplateResult | typeof model.view.nothing {
  const { view, messages, autograph, session } = model;
  const { initials } = autograph;
  if (!initials.isAsked) return view.nothing;
  const pages = new Set(session.request!.places.filter(({ kind }) => kind === 'initials').map(({ page }) => page)).size;
  return view.html`
    <section class="initials-made" aria-labelledby="initials">
      <h3 id="initials">${messages.initials}</h3>
      ${initials.isTyped ? typedView(model) : padView(model, { ink: initials.ink, label: messages.initialsPad, small: true })}
      ${
        initials.isPlaced
          ? view.html`<p class="hint" role="status">${messages.initialsPlaced(pages)}</p>`
          : view.html`<button
              class="quiet ${initials.isMade ? 'wanted' : ''}"
              type="button"
              ?disabled=${!initials.isMade}
              @click=${() => initials.place()}
            >
              ${messages.placeInitials(pages)}
            </button>`
      }
    </section>
  `;
}

const typedView = ({ view, messages, autograph }: AutographModel): TemplateResult => {
  const { typed } = autograph.initials;
  const write = (event: Event) => typed.write((event.target as HTMLInputElement).value);
  return view.html`
    <label class="typed">
      ${messages.typedInitials}
      <input type="text" name="initials" autocomplete="off" spellcheck="false" maxlength="8" .value=${typed.text} @input=${write} />
    </label>
  `;
};
