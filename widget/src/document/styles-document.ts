import { css } from 'lit';

/** The place of the document before its pages have come; the rest is in styles-pages.ts. */
export const documentStyles = css`
  .document {
    flex: 1 1 0;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 7.5rem;
    background: var(--_desk);
  }
  .toolbar {
    flex: none;
    min-block-size: 3rem;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .reading {
    position: relative;
    display: flex;
    flex: 1 1 0;
    min-block-size: 0;
  }
  .scroller {
    position: relative;
    flex: 1 1 0;
    min-inline-size: 0;
    overflow: auto;
    touch-action: pan-x pan-y;
    scrollbar-width: none;
    overscroll-behavior: auto;
    &:focus-visible {
      outline-offset: -3px;
    }
  }
  .pages {
    --_gutter: 0px;
    margin: var(--_gutter);
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
  }
  .pages:not([data-painted]) {
    visibility: hidden;
  }
  .pages[data-painted] + .sheet,
  .document:has(> .problem) .sheet {
    display: none;
  }
  .sheet {
    position: absolute;
    inset: 0;
    padding: 10%;
    overflow: hidden;
    background: var(--_surface);
  }
  .bones i,
  .sheet i {
    display: block;
    block-size: 0.75rem;
    margin-block-end: 1rem;
    border-radius: 4px;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
    &:nth-child(3n) {
      inline-size: 60%;
    }
    &.tall {
      block-size: 9rem;
      inline-size: 100%;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @container tu-esign (min-width: 47.5em) {
    .toolbar:empty {
      display: none;
    }
    .toolbar {
      border: 0;
    }
    .scroller {
      scrollbar-width: auto;
      scrollbar-gutter: stable;
    }
    .pages {
      --_gutter: 1rem;
      margin-block-end: 4.5rem;
      gap: 1rem;
    }
  }
`;
