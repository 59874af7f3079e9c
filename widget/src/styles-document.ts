import { css } from 'lit';

/** The document's bar and the box its pages are put into. */
export const documentStyles = css`
  .document {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    background: var(--_desk);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    min-block-size: 3.25rem;
    padding: 0.25rem 0.75rem 0.25rem 1.25rem;
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    &[inert] {
      opacity: 0.5;
    }
  }
  .tools {
    display: flex;
    align-items: center;
    margin-inline-start: auto;
  }
  .percent {
    min-inline-size: 3.25rem;
    text-align: center;
    color: var(--_soft);
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.375rem;
    min-inline-size: 2.75rem;
    padding: 0;
    border: 0;
    background: none;
    &.labelled {
      padding-inline: 0.5rem;
      font-size: 0.875rem;
      color: var(--_accent);
    }
    &:hover:not(:disabled) {
      background: var(--_tint);
    }
    &:disabled {
      color: var(--_edge);
      cursor: default;
    }
  }
  .scroller {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 14rem;
    max-block-size: var(--tu-esign-document-height, min(68svh, 60rem));
    overflow: auto;
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
  .page,
  .sheet {
    position: relative;
    flex: none;
    margin-inline: auto;
    background: var(--_paper);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 18%),
      0 4px 14px rgb(0 0 0 / 10%);
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
  .checking {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    padding: 0.5rem 1.25rem;
    background: var(--_surface);
    border-block-start: 1px solid var(--_line);
    font-size: 0.875rem;
    color: var(--_soft);
    progress {
      flex: 1 1 6rem;
      block-size: 0.375rem;
      accent-color: var(--_accent);
    }
  }
  .document > .problem {
    margin: 0.75rem;
  }
  .document:has(> .problem) .scroller:not(:has(.page)) {
    min-block-size: 0;
  }
  @container tu-esign (max-width: 22em) {
    .percent {
      display: none;
    }
  }
  @container tu-esign (min-width: 60em) {
    .scroller {
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
