import type { TemplateResult } from 'lit';
import type { AutographModel } from './autograph-model.ts';
import type { InkKeeper } from '../ink/ink-keeper.ts';
import * as icons from '../../view/panel-icons.ts';

/** The pad, and what can be done with its ink; on a phone it can fill the screen. */
export const drawView = (model: AutographModel): TemplateResult => {
  const { view, messages, autograph, penDown } = model;
  const { html, nothing } = view;
  const { ink } = autograph;
  // Not while a pen that keys move is down: there is more to come.
  const isLittle = !ink.isEmpty && !ink.isEnough && !penDown;
  return html`
    ${autograph.isLarge ? largeView(model) : padView(model, { ink, label: messages.padLabel })}
    <p class="hint ${isLittle ? 'little' : ''}" id="pad-hint">${isLittle ? messages.littleInk : messages.padHint}</p>
    <p class="hint keys" id="pad-keys">${messages.padKeys}</p>
    <p class="hidden" role="status">${penDown ? messages.penDown : isLittle ? messages.littleInk : nothing}</p>
  `;
};

export interface PadOptions {
  ink: InkKeeper;
  label: string;
  /** For initials. */
  small?: boolean;
}

/** A pad, and what can be done with its ink. */
export const padView = (model: AutographModel, { ink, label, small = false }: PadOptions): TemplateResult => {
  const { html, nothing, icon } = model.view;
  const { messages, autograph } = model;
  const [here, tap] = small
    ? [messages.initialsHere, messages.tapForInitials]
    : [messages.signHere, messages.tapToSign];
  return html`
    <div
      class="pad ${small ? 'small' : ''}"
      part="pad"
      ?data-entered=${ink.isEntered}
      @click=${() => ink.enter()}
      @focusin=${() => ink.enter()}
    >
      <canvas
        tabindex="0"
        role="application"
        aria-label=${label}
        aria-describedby=${small ? 'pad-keys' : 'pad-hint pad-keys'}
      ></canvas>
      <span class="guide" aria-hidden="true"
        >${ink.isEmpty ? html`<b>${here}</b><b class="touch">${ink.isEntered ? here : tap}</b>` : nothing}</span
      >
      <span class="pen" aria-hidden="true"></span>
    </div>
    <div class="tools below">
      ${toolView(model, { ink, label: messages.undo, path: icons.undo, act: () => ink.undo() })}
      ${toolView(model, { ink, label: messages.clear, path: icons.cross, act: () => ink.clear() })}
      ${
        autograph.isLarge || small
          ? nothing
          : html`<button class="tool labelled enlarge" type="button" @click=${() => autograph.enlarge(true)}>
              ${icon(icons.enlarge)}${messages.enlargePad}
            </button>`
      }
    </div>
  `;
};

interface Tool {
  ink: InkKeeper;
  label: string;
  path: string;
  act: () => void;
}

const toolView = ({ view }: AutographModel, { ink, label, path, act }: Tool): TemplateResult => view.html`
  <button class="tool labelled" type="button" title=${label} ?disabled=${ink.isEmpty} @click=${act}>
    ${view.icon(path)}<span>${label}</span>
  </button>
`;

/** Over the whole screen, turned where that is upright: a signature is wide. */
const largeView = (model: AutographModel): TemplateResult => {
  const { view, messages, autograph } = model;
  const close = () => autograph.enlarge(false);
  return view.html`
    <dialog class="stage" aria-label=${messages.padLabel} @close=${close}>
      <div class="turned">
        ${padView(model, { ink: autograph.ink, label: messages.padLabel })}
        <button class="next" type="button" @click=${close}>${messages.padDone}</button>
      </div>
    </dialog>
  `;
};
