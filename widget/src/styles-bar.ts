/** The document's bar, and what is said below its pages. */
export const barStyles = /* css */ `
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    padding: 0.25rem 0.75rem 0.25rem 1.25rem;
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
      gap: 0.25rem;
      padding-inline: 0.375rem;
      font-size: 0.8125rem;
      color: var(--_link);
    }
    &:hover:not(:disabled) {
      background: var(--_tint);
    }
    &:disabled {
      color: var(--_edge);
      cursor: default;
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
  @container tu-esign (max-width: 22em) {
    .percent {
      display: none;
    }
  }
`;
