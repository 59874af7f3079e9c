import type { TemplateResult } from 'lit';
import type { AutographModel } from './autograph-model.ts';
import * as icons from '../../view/panel-icons.ts';

/** The pad, and what can be done with its ink. */
export const drawView = ({ view, messages, autograph, penDown }: AutographModel): TemplateResult => {
  const { html, nothing, icon } = view;
  const { ink } = autograph;
  // Not while a pen that keys move is down: there is more to come.
  const isLittle = !ink.isEmpty && !ink.isEnough && !penDown;
  const tool = (label: string, path: string, act: () => void) => html`
    <button class="tool labelled" type="button" ?disabled=${ink.isEmpty} @click=${act}>${icon(path)}${label}</button>
  `;
  return html`
    <div class="pad" part="pad">
      <canvas
        tabindex="0"
        role="application"
        aria-label=${messages.padLabel}
        aria-describedby="pad-hint pad-keys"
      ></canvas>
      <span class="guide" aria-hidden="true">${ink.isEmpty ? messages.signHere : nothing}</span>
      <span class="pen" aria-hidden="true"></span>
    </div>
    <div class="below">
      <p class="hint ${isLittle ? 'little' : ''}" id="pad-hint">${isLittle ? messages.littleInk : messages.padHint}</p>
      <span class="tools">
        ${tool(messages.undo, icons.undo, () => ink.undo())} ${tool(messages.clear, icons.cross, () => ink.clear())}
      </span>
    </div>
    <p class="hint keys" id="pad-keys">${messages.padKeys}</p>
    <p class="hidden" role="status">${penDown ? messages.penDown : isLittle ? messages.littleInk : nothing}</p>
  `;
};
