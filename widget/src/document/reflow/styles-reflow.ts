/** The document as text. */
export const reflowStyles = /* css */ `
  .reflow {
    position: absolute;
    z-index: 4;
    inset: 0;
    overflow-y: auto;
    padding: 1rem max(1rem, (100% - 42rem) / 2) 5rem;
    background: var(--_surface);
    line-height: 1.6;
    overflow-wrap: anywhere;
    user-select: text;
    &[hidden] {
      display: none;
    }
    &:focus-visible {
      outline-offset: -3px;
    }
    section {
      padding-block-end: 1.5rem;
    }
    h4 {
      margin: 1.25rem 0 0.5rem;
      font-size: 1.125rem;
      line-height: 1.35;
    }
    p {
      margin-block-end: 0.75rem;
    }
    .aid {
      padding: 0.625rem 0.875rem;
      border-inline-start: 3px solid var(--_link);
      background: var(--_tint);
      font-size: 0.875rem;
    }
  }
  .page-link {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    align-items: center;
    inline-size: 100%;
    padding: 0.25rem 0;
    border: 0;
    border-block-end: 1px solid var(--_line);
    border-radius: 0;
    background: none;
    color: var(--_soft);
    font-size: 0.8125rem;
    text-align: start;
    margin-block-end: 0.75rem;
    small {
      color: var(--_link);
      font-size: inherit;
      text-decoration: underline;
      text-underline-offset: 0.2em;
    }
  }
`;
