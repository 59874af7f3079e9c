import type { TemplateResult } from 'lit';
import type { AutographModel } from './autograph-model.ts';
import * as icons from '../../view/panel-icons.ts';

/** Offers to go on with a phone, where the host has an address for it. */
export function handOffView(model: AutographModel) {
  const { view, messages, act } = model;
  const { handOff } = act;
  const { html, nothing, icon } = view;
  if (!handOff.isOffered) return nothing;
  if (handOff.state === 'shown') return codeView(model);
  return html`
    <button
      class="tool labelled hand-off"
      part="hand-off-button"
      type="button"
      ?disabled=${handOff.state === 'asking'}
      @click=${() => void handOff.open()}
    >
      ${icon(icons.phone)}${messages.handOff}
    </button>
    <p class="hint" role="status">${handOff.state === 'failed' ? messages.handOffFailed : nothing}</p>
  `;
}

const codeView = ({ view, messages, act: { handOff } }: AutographModel): TemplateResult => {
  const { html, svg } = view;
  const { path, side } = handOff.code!;
  return html`
    <div class="code">
      <svg viewBox=${`0 0 ${side} ${side}`} role="img" aria-label=${messages.handOffCode} shape-rendering="crispEdges">
        ${svg`<path d=${path}></path>`}
      </svg>
      <div>
        <p role="status">${messages.handOffAdvice}</p>
        <p><a href=${handOff.address} target="_blank" rel="noopener">${messages.handOffLink}</a></p>
        <button class="quiet" type="button" @click=${() => handOff.close()}>${messages.handOffClose}</button>
      </div>
    </div>
  `;
};
