import type { TemplateResult } from 'lit';
import type { AutographModel } from './autograph-model.ts';
import * as icons from '../../view/panel-icons.ts';

/** A place to drop or choose a picture, and the ink that was found in it. */
export const uploadView = (model: AutographModel): TemplateResult => {
  const { view, messages, autograph } = model;
  const { uploaded } = autograph;
  const { fault } = uploaded;
  return view.html`
    ${uploaded.isEmpty ? view.nothing : previewView(model)} ${fault === 'canvas' ? view.nothing : pickerView(model)}
    <p class="hint" role="status">${uploaded.isReading ? messages.readingPicture : view.nothing}</p>
    ${
      fault
        ? view.html`<p class="fault" id="upload-fault" role="alert">${messages.pictureFaults[fault]}</p>`
        : view.nothing
    }
  `;
};

const previewView = ({ view, messages, autograph: { uploaded } }: AutographModel): TemplateResult => view.html`
  <div class="paper uploaded">
    <canvas class="uploaded" role="img" aria-label=${messages.pictureFound}></canvas>
  </div>
  <div class="below">
    <p class="hint">${messages.pictureFound}</p>
    <span class="tools">
      <button class="tool labelled" type="button" @click=${() => uploaded.clear()}>
        ${view.icon(icons.cross)}${messages.clear}
      </button>
    </span>
  </div>
`;

const pickerView = ({ view, messages, autograph: { uploaded } }: AutographModel): TemplateResult => {
  const take = (file: File | null | undefined) => file && void uploaded.take(file).catch(reportError);
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    take(input.files?.[0]);
    // Emptied, so that choosing the same file again counts as a change.
    input.value = '';
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer?.files[0]);
  };
  return view.html`
    <label class="picker" @dragover=${(event: Event) => event.preventDefault()} @drop=${drop}>
      <input type="file" accept="image/png,image/jpeg" aria-describedby="upload-hint" @change=${choose} />
      ${view.icon(icons.picture)}<strong>${uploaded.isEmpty ? messages.choosePicture : messages.chooseOther}</strong>
      <span class="hint" id="upload-hint">${messages.pictureHint}</span>
    </label>
  `;
};
