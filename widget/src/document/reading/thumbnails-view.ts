import type { TemplateResult } from 'lit';
import type { ViewTools } from '../../view/view-tools.ts';
import type { Messages } from '../../words/messages.ts';

export interface ThumbnailsViewOptions {
  view: ViewTools;
  messages: Messages;
  pages: number;
  current: number;
  goTo: (page: number) => void;
}

const steps: Record<string, (at: number, pages: number) => number> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 1,
  End: (_, pages) => pages,
};

/** One stop for the Tab key, as there may be hundreds of them; arrows go from one to the next. */
export function thumbnailsView({ view, messages, pages, current, goTo }: ThumbnailsViewOptions): TemplateResult {
  const { html, nothing } = view;
  const move = (event: KeyboardEvent) => {
    const to = steps[event.key]?.(current, pages);
    if (!to) return;
    event.preventDefault();
    const page = Math.min(Math.max(to, 1), pages);
    goTo(page);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-page="${page}"]`)?.focus();
  };
  const button = (page: number) =>
    html`<li>
      <button
        class="thumbnail"
        type="button"
        data-page=${page}
        tabindex=${page === current ? 0 : -1}
        aria-current=${page === current ? 'page' : nothing}
        aria-label=${messages.pageOf(page, pages)}
        @click=${() => goTo(page)}
      >
        <canvas aria-hidden="true" width="0" height="0"></canvas>
        <span aria-hidden="true">${page}</span>
      </button>
    </li>`;
  return html`<ol @keydown=${move}>
    ${Array.from({ length: pages }, (_, index) => button(index + 1))}
  </ol>`;
}
