import type { TemplateResult } from 'lit';
import type { PanelModel } from '../kit/model.ts';
import * as icons from '../kit/panel-icons.ts';

/** A place to drop or choose a picture, and the ink that was found in it. */
export const uploadView = (model: PanelModel): TemplateResult => {
  const { kit, messages, autograph } = model;
  const { uploaded } = autograph;
  const { fault } = uploaded;
  return kit.html`
    ${uploaded.isEmpty ? kit.nothing : previewView(model)} ${fault === 'canvas' ? kit.nothing : pickerView(model)}
    <p class="hint" role="status">${uploaded.isReading ? messages.readingPicture : kit.nothing}</p>
    ${
      fault
        ? kit.html`<p class="fault" id="upload-fault" role="alert">${messages.pictureFaults[fault]}</p>`
        : kit.nothing
    }
  `;
};

const previewView = ({ kit, messages, autograph: { uploaded } }: PanelModel): TemplateResult => kit.html`
  <div class="paper uploaded">
    <canvas class="uploaded" role="img" aria-label=${messages.pictureFound}></canvas>
  </div>
  <div class="below">
    <p class="hint">${messages.pictureFound}</p>
    <span class="tools">
      <button class="tool labelled" type="button" @click=${() => uploaded.clear()}>
        ${kit.icon(icons.cross)}${messages.clear}
      </button>
    </span>
  </div>
`;

const pickerView = ({ kit, messages, autograph: { uploaded } }: PanelModel): TemplateResult => {
  const take = (file: File | null | undefined) => file && void uploaded.take(file).catch(reportError);
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    take(input.files?.[0]);
    // The same file once more is a change, too.
    input.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  };
  return kit.html`
    <label class="picker" @dragover=${(event: Event) => event.preventDefault()} @drop=${drop}>
      <input type="file" accept="image/png,image/jpeg" aria-describedby="upload-hint" @change=${choose} />
      ${kit.icon(icons.picture)}<strong>${uploaded.isEmpty ? messages.choosePicture : messages.chooseOther}</strong>
      <span class="hint" id="upload-hint">${messages.pictureHint}</span>
    </label>
  `;
};
