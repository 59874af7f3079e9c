import { css } from 'lit';

/** The place of the document before its pages have come; the rest is in styles-pages.ts. */
export const documentStyles = css`
  .document {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    background: var(--_desk);
  }
  .toolbar {
    min-block-size: 3.25rem;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
  }
  .reading {
    display: flex;
    flex: 1 1 auto;
    min-block-size: 14rem;
    max-block-size: var(--tu-esign-document-height, min(68svh, 60rem));
  }
  .scroller {
    position: relative;
    flex: 1 1 0;
    min-inline-size: 0;
    overflow: auto;
    touch-action: pan-x pan-y;
    scrollbar-gutter: stable both-edges;
    overscroll-behavior: auto;
    &:focus-visible {
      outline-offset: -3px;
    }
  }
  .pages {
    margin: 0.75rem;
    display: flex;
    flex-direction: column;
    gap: 0.75rem;
  }
  .pages:not(:empty) + .sheet,
  .document:has(> .problem) .sheet {
    display: none;
  }
  .sheet {
    position: absolute;
    inset: 0.75rem;
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
  .document:has(> .problem) .reading:not(:has(.page)) {
    min-block-size: 0;
  }
  @container tu-esign (min-width: 60em) {
    .reading {
      block-size: 0;
      min-block-size: var(--tu-esign-document-height, min(82svh, 70rem));
      max-block-size: none;
    }
    .pages {
      margin: 1.25rem;
      gap: 1.25rem;
    }
  }
`;
