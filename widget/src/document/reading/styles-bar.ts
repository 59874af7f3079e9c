/** The document's bar, the search below it, and what is said below the pages. */
export const barStyles = /* css */ `
  .document {
    container: tu-esign-document / inline-size;
  }
  .toolbar,
  .search {
    display: flex;
    align-items: center;
    gap: 0.25rem 0.5rem;
    padding: 0.125rem 0.5rem;
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
    &[aria-expanded='true'] {
      background: var(--_tint);
    }
    /* A finger leaves it hovered: what was closed again would look open. */
    @media (hover: hover) {
      &:hover:not(:disabled) {
        background: var(--_tint);
      }
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
    flex-wrap: wrap;
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
    white-space: nowrap;
  }
  .checking {
    order: 3;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    padding: 0.375rem 1rem;
    background: var(--_surface);
    border-block-start: 1px solid var(--_line);
    font-size: 0.8125rem;
    color: var(--_soft);
    text-wrap: balance;
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
    > .problem {
      inline-size: min(100% - 1.5rem, 34rem);
      margin: clamp(0.75rem, 6cqi, 4rem) auto;
    }
    .toolbar {
      display: none;
    }
    .reading {
      flex-grow: 0;
      max-block-size: 0;
    }
  }
  /* Too narrow for words: what is signed says so by its mark, and the bar stays one line. */
  @container tu-esign-document (max-width: 40rem) {
    .badge > span,
    .percent {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      min-inline-size: 0;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container tu-esign-document (max-width: 34rem) {
    .toolbar,
    .search {
      gap: 0.125rem;
      padding-inline: 0.25rem;
      output {
        margin-inline: 0.25rem auto;
      }
      .tool {
        min-inline-size: 2.25rem;
      }
    }
    .search input {
      flex: 1 1 5rem;
    }
    .position > span:first-child {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @container tu-esign-document (max-width: 23rem) {
    .toolbar .tool {
      flex: 1 1 1.5rem;
      min-inline-size: 1.5rem;
    }
    .toolbar .tools,
    .toolbar .zoom {
      flex: 0 1 auto;
    }
    .toolbar .tool[data-tool='fit'] {
      display: none;
    }
    .position {
      padding-inline-start: 0;
      input {
        inline-size: calc(3ch + 0.5rem);
        padding: 0;
      }
    }
  }
  @container tu-esign-document (max-width: 15rem) {
    .toolbar .zoom,
    .position > span:last-child {
      display: none;
    }
  }
  @container tu-esign-document (min-width: 50rem) {
    .toolbar .tool[data-tool='thumbnails'] {
      display: inline-flex;
    }
    .toolbar .tool > span {
      display: inline;
    }
    .toolbar .tool:has(> span) {
      padding-inline: 0.875rem;
    }
  }
  /* Beside the panel it is a small bar that floats above the pages. */
  @container tu-esign (min-width: 47.5em) {
    .toolbar {
      position: sticky;
      z-index: 5;
      order: 2;
      inset-block-end: 0.75rem;
      align-self: center;
      max-inline-size: calc(100% - 1rem);
      min-block-size: 0;
      margin-block: -4rem 0.75rem;
      padding: 0.125rem 0.375rem;
      border: 1px solid var(--_edge);
      border-radius: 2rem;
      background: var(--_surface);
      box-shadow: 0 4px 18px rgb(0 0 0 / 18%);
      .tool {
        border-radius: 2rem;
      }
    }
    /* What it floats above is pages, and no button. */
    .document > .problem {
      order: -1;
    }
    .toolbar:empty,
    .toolbar[inert] {
      visibility: hidden;
    }
    .reflow {
      padding-block-end: 6rem;
    }
  }
`;
