/** What can be pressed. */
export const buttonsCss = /* css */ `
  .buttons,
  .choices {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
  }
  .primary,
  .danger {
    padding: 0.625rem 1.25rem;
    border: 1px solid transparent;
    font-weight: 600;
  }
  .primary {
    min-block-size: 3.25rem;
    background: var(--_accent);
    color: var(--_accent-text);
    &[aria-disabled='true'] {
      background: var(--_line);
      color: var(--_soft);
      cursor: not-allowed;
    }
    &:hover:not([aria-disabled='true']) {
      filter: brightness(1.08);
    }
  }
  .danger {
    background: var(--_bad);
    color: var(--_surface);
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
  }
  .quiet {
    padding: 0.625rem 1.25rem;
    font-weight: 600;
    background: none;
    border: 1px solid var(--_edge);
  }
`;
