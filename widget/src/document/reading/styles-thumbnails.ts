/** Small pictures of the pages, where there is room beside them. */
export const thumbnailStyles = /* css */ `
  .thumbnails {
    display: none;
    position: relative;
    flex: none;
    contain: size;
    inline-size: 9rem;
    overflow-y: auto;
    scrollbar-width: thin;
    background: color-mix(in oklab, var(--_desk) 60%, var(--_surface));
    border-inline-end: 1px solid var(--_line);
    ol {
      margin: 0;
      padding: 0.75rem 0.5rem;
      list-style: none;
    }
  }
  .thumbnail {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 0.25rem;
    inline-size: 100%;
    padding: 0.5rem;
    border: 0;
    background: none;
    font-size: 0.8125rem;
    font-variant-numeric: tabular-nums;
    color: var(--_soft);
    &:focus-visible {
      outline-offset: -3px;
    }
    &:hover {
      background: var(--_tint);
    }
    &[aria-current] {
      color: var(--_link);
      font-weight: 600;
      canvas {
        outline: 2px solid var(--_link);
        outline-offset: 2px;
      }
    }
    canvas {
      inline-size: 6.5rem;
      min-block-size: 5rem;
      background: var(--_paper);
      box-shadow: 0 1px 3px rgb(0 0 0 / 25%);
    }
  }
  @container tu-esign-document (min-width: 50rem) {
    .thumbnails:not([hidden]) {
      display: block;
    }
  }
`;
