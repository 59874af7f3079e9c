import type { AutographMethod } from '@tu-esign/contract';
import type { TemplateResult } from 'lit';
import { handOffView } from './hand-off-view.ts';
import type { AutographModel } from './autograph-model.ts';
import { initialsView } from './initials-view.ts';
import { drawView } from './draw-view.ts';
import { typeView } from './type-view.ts';
import { uploadView } from './upload-view.ts';

const views = { draw: drawView, type: typeView, upload: uploadView };

/** Where the signatory makes their autograph, in the way they choose among those the host takes. */
export const autographView = (model: AutographModel): TemplateResult => {
  const { view, messages, autograph } = model;
  return view.html`
    <section class="block" aria-labelledby="autograph">
      <h3 id="autograph" tabindex="-1">${messages.autograph}</h3>
      ${autograph.methods.length > 1 ? methodsView(model) : view.nothing} ${views[autograph.method](model)}
      ${initialsView(model)} ${moreView(model)}
    </section>
  `;
};

const methodsView = ({ view, messages, autograph }: AutographModel): TemplateResult => {
  const radio = (method: AutographMethod) => view.html`<label>
    <input
      type="radio"
      name="method"
      value=${method}
      .checked=${method === autograph.method}
      @change=${() => autograph.choose(method)}
    /><span>${messages.methods[method]}</span>
  </label>`;
  return view.html`
    <div class="methods" role="radiogroup" aria-label=${messages.howToSign}>${autograph.methods.map(radio)}</div>
  `;
};

/** What is rarely wanted. */
const moreView = (model: AutographModel): TemplateResult | typeof model.view.nothing => {
  const { view, messages, autograph, act } = model;
  const hasChoice = autograph.methods.length > 1;
  if (!hasChoice && !act.handOff.isOffered) return view.nothing;
  return view.html`<details class="more" ?open=${act.handOff.state !== 'closed'}>
    <summary>${messages.moreOptions}</summary>
    ${hasChoice ? rememberView(model) : view.nothing} ${handOffView(model)}
  </details>`;
};

const rememberView = ({ view, messages, autograph }: AutographModel): TemplateResult => {
  const change = (event: Event) => autograph.keepMethod((event.target as HTMLInputElement).checked);
  return view.html`
    <label class="remember">
      <input type="checkbox" .checked=${autograph.isRemembered} @change=${change} />${messages.rememberMethod}
    </label>
  `;
};
