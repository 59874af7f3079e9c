import { toolView, type PaneActions } from '../document-view.ts';
import type { ReadingModel } from '../reading-model.ts';
import * as icons from '../pane-icons.ts';
import type { SearchState } from './search.ts';

const stay = (event: Event) => event.preventDefault();

/** The search below the bar. */
export function searchView(model: ReadingModel, search: SearchState, act: PaneActions) {
  const { html, nothing } = model.view;
  if (!search.isOpen) return nothing;
  const { reading } = model.messages;
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') act.toggleSearch();
    else if (event.key === 'Enter') act.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<form class="search" role="search" @submit=${stay} @keydown=${press}>
    <input
      type="search"
      name="wish"
      autocomplete="off"
      aria-label=${reading.searchFor}
      placeholder=${reading.searchFor}
      .value=${search.wish}
      @input=${(event: Event) => act.find((event.target as HTMLInputElement).value)}
    />
    <output aria-live="polite">${countOf(model, search)}</output>
    <span class="tools">
      ${toolView(model, { name: 'before', label: reading.hitBefore, path: icons.before, press: () => act.step(-1) })}
      ${toolView(model, { name: 'after', label: reading.hitAfter, path: icons.after, press: () => act.step(1) })}
      ${toolView(model, { name: 'close', label: reading.closeSearch, path: icons.cross, press: act.toggleSearch })}
    </span>
  </form>`;
}

function countOf(
  { messages: { reading } }: ReadingModel,
  { wish, hits, current, isLooking, isBlank }: SearchState,
): string {
  if (wish.trim() === '') return '';
  if (hits > 0) return reading.hits(current, hits);
  if (isLooking) return reading.looking;
  return isBlank ? reading.noText : reading.noHits;
}
