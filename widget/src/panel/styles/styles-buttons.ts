/** What can be pressed. */
export const buttonsCss = /* css */ `
  .buttons,
  .choices {
    display: flex;
    flex-direction: column;
    gap: 0.625rem;
  }
  /* Two lines, said or not: what was just ticked stays where it is. */
  .buttons .hint {
    min-block-size: 2lh;
    text-align: center;
    text-wrap: balance;
  }
  .primary,
  .next,
  .danger,
  .quiet {
    padding: 0.625rem 1.25rem;
    border: 1px solid transparent;
    font-weight: 600;
    line-height: 1.25;
  }
  .next {
    flex: none;
    min-block-size: 3rem;
  }
  .primary {
    min-block-size: 3.25rem;
  }
  .primary,
  .next {
    background: var(--_accent);
    color: var(--_accent-text);
    &[aria-disabled='true'] {
      background: var(--_line);
      color: color-mix(in oklab, var(--_text) 80%, var(--_surface));
      cursor: not-allowed;
    }
    &:hover:not([aria-disabled='true']) {
      box-shadow: inset 0 0 0 100vmax color-mix(in oklab, var(--_accent-text) 10%, transparent);
    }
  }
  .danger {
    background: var(--_bad);
    color: var(--_surface);
    &:hover {
      background: color-mix(in oklab, var(--_bad) 88%, var(--_text));
    }
  }
  .quiet {
    background: none;
    border-color: var(--_edge);
    &:hover {
      background: color-mix(in oklab, var(--_text) 6%, transparent);
    }
  }
  .text {
    align-self: center;
    padding: 0.5rem 1rem;
    border: 0;
    background: none;
    color: var(--_soft);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    font-size: 0.875rem;
    &:hover {
      color: var(--_text);
    }
  }
`;
