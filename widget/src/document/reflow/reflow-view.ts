import type { TemplateResult } from 'lit';
import type { ReadingModel } from '../reading-model.ts';
import type { Paragraph } from './paragraphs.ts';

export interface ReflowActions {
  /** Back to the pages, at this one. */
  showPage: (page: number) => void;
}

/**
 * The document's text in the reader's own size. It is an aid, and says so: what is signed is the pages, and each is one
 * press away.
 */
export function reflowView(model: ReadingModel, pages: (Paragraph[] | null)[], act: ReflowActions): TemplateResult {
  const { view, messages } = model;
  const { reading } = messages;
  const page = (paragraphs: Paragraph[] | null, index: number) => view.html`
    <section>
      <button class="page-link" type="button" @click=${() => act.showPage(index + 1)}>
        ${messages.pageOf(index + 1, pages.length)}<small>${reading.showPage}</small>
      </button>
      ${paragraphs === null ? view.html`<p class="spinner"></p>` : textView(model, paragraphs)}
    </section>
  `;
  return view.html`<p class="aid">${reading.textAdvice}</p>${pages.map(page)}`;
}

const textView = ({ view, messages }: ReadingModel, paragraphs: Paragraph[]) =>
  paragraphs.length === 0
    ? view.html`<p class="aid">${messages.reading.noText}</p>`
    : paragraphs.map(({ text, isHeading }) =>
        isHeading ? view.html`<h4>${text}</h4>` : view.html`<p dir="auto">${text}</p>`,
      );
