import type { TemplateResult } from 'lit';
import type { AutographModel } from './autograph-model.ts';
import { faces, type Face } from '../faces.ts';
import { extent, type Lettering } from '../lettering.ts';
import { longestText } from '../typed-autograph.ts';

/** A text field, and the text in each hand to choose from. */
export const typeView = (model: AutographModel): TemplateResult => {
  const { view, messages, autograph } = model;
  const { typed } = autograph;
  const { missing } = typed.letteringIn(typed.face) ?? { missing: [] };
  const write = (event: Event) => typed.write((event.target as HTMLInputElement).value);
  return view.html`
    <label class="typed"
      >${messages.typedText}
      <input
        type="text"
        name="typed"
        autocomplete="off"
        spellcheck="false"
        maxlength=${longestText}
        .value=${typed.text}
        aria-describedby="typed-missing"
        @input=${write}
      />
    </label>
    <p class="hint" id="typed-missing" role="status">
      ${missing.length > 0 ? messages.lettersMissing(missing) : view.nothing}
    </p>
    <div class="hands" role="radiogroup" aria-label=${messages.chooseHand}>
      ${faces.map((face, index) => handView(model, face, index + 1))}
    </div>
  `;
};

const handView = (
  { view, messages, autograph: { typed } }: AutographModel,
  face: Face,
  number: number,
): TemplateResult =>
  view.html`<label class="hand">
    <input
      type="radio"
      name="hand"
      value=${face}
      aria-label=${messages.hand(number)}
      .checked=${face === typed.face}
      @change=${() => typed.choose(face)}
    />
    ${letteringView(view, typed.letteringIn(face))}
  </label>`;

const { above, below, beside } = extent;

/** Outlines as they will stand in the document, sharp at every density. */
const letteringView = ({ html, svg }: AutographModel['view'], lettering: Lettering | null): TemplateResult => {
  if (!lettering) return html`<span class="paper"><span class="spinner"></span></span>`;
  const box = `${-beside} ${-above} ${Math.max(1_000, lettering.width) + 2 * beside} ${above + below}`;
  const letters = lettering.letters.map(({ x, path }) => svg`<path transform=${`translate(${x})`} d=${path}></path>`);
  return html`<span class="paper"
    ><svg viewBox=${box} preserveAspectRatio="xMinYMid meet" aria-hidden="true">${letters}</svg></span
  >`;
};
