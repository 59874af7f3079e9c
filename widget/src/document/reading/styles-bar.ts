/** The document's bar, the search below it, and what is said below the pages. */
export const barStyles = /* css */ `
  .document {
    container: tu-esign-document / inline-size;
  }
  .toolbar,
  .search {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.5rem;
    padding: 0.25rem 0.75rem;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    input {
      box-sizing: border-box;
      block-size: 2.25rem;
      padding: 0 0.5rem;
      font: inherit;
      color: inherit;
      background: var(--_surface);
      border: 1px solid var(--_edge);
      border-radius: calc(var(--_radius) * 0.5);
      &:focus-visible {
        outline-offset: -1px;
      }
    }
  }
  .toolbar[inert] {
    opacity: 0.5;
  }
  .position {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    padding-inline-start: 0.5rem;
    white-space: nowrap;
    input {
      inline-size: calc(3ch + 1.25rem);
      text-align: center;
    }
  }
  .tools,
  .zoom {
    display: flex;
    align-items: center;
  }
  .tools {
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
      gap: 0.25rem;
      padding-inline: 0.375rem;
      font-size: 0.8125rem;
      color: var(--_link);
    }
    &:hover:not(:disabled),
    &[aria-expanded='true'] {
      background: var(--_tint);
    }
    &[aria-expanded='true'] {
      color: var(--_link);
    }
    &:disabled {
      color: var(--_edge);
      cursor: default;
    }
  }
  .toolbar .tool[data-tool='thumbnails'],
  .toolbar .tool > span {
    display: none;
  }
  .search {
    background: var(--_surface);
    border-block-end: 1px solid var(--_line);
    input {
      flex: 0 1 22rem;
      min-inline-size: 0;
    }
    output {
      color: var(--_soft);
      &:empty {
        display: none;
      }
    }
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    color: var(--_good);
    font-weight: 600;
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
  /* Where there is nothing to read, nothing to read with. */
  .document:has(> .problem):not(:has(.page)) {
    .toolbar {
      display: none;
    }
    .reading {
      flex-grow: 0;
      max-block-size: 0;
    }
  }
  @container tu-esign-document (max-width: 30rem) {
    .percent {
      display: none;
    }
    .toolbar,
    .search {
      gap: 0.25rem;
      padding-inline: 0.5rem;
      .tool {
        min-inline-size: 2.25rem;
      }
    }
    .search input {
      flex: 1 1 5rem;
    }
    /* Beside the page's number it would break the bar in two. */
    .badge {
      order: 1;
      flex-basis: 100%;
      padding-block-end: 0.5rem;
    }
    .position {
      padding-inline-start: 0;
    }
    .position > span:first-child {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container tu-esign-document (max-width: 20rem) {
    .toolbar .tool {
      min-inline-size: 2rem;
    }
    .position input {
      inline-size: calc(3ch + 0.75rem);
      padding: 0;
    }
  }
  @container tu-esign-document (min-width: 48rem) {
    .toolbar .tool[data-tool='thumbnails'] {
      display: inline-flex;
    }
    .toolbar .tool > span {
      display: inline;
    }
    .toolbar .tool:has(> span) {
      padding-inline: 0.625rem;
    }
  }
`;
