/** Who signs, and what they consent to. */
export const formCss = /* css */ `
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr));
    gap: 0.75rem 1rem;
    margin-block-start: 0.625rem;
    padding: 0.875rem 1rem;
    background: color-mix(in oklab, var(--_text) 4%, var(--_surface));
    border-radius: var(--_corner);
  }
  dl > :first-child {
    grid-column: 1 / -1;
  }
  dt {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  dd {
    overflow-wrap: anywhere;
    font-size: 0.9375rem;
    line-height: 1.35;
    dl > :first-child > & {
      font-size: 1rem;
      font-weight: 600;
    }
  }
  .hint {
    color: var(--_soft);
    font-size: 0.8125rem;
    line-height: 1.45;
  }
  .consent {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.75rem;
    padding-block: 0.25rem;
    font-size: 0.875rem;
    cursor: pointer;
    overflow-wrap: anywhere;
    span {
      white-space: pre-line;
    }
    input {
      inline-size: 1.5rem;
      block-size: 1.5rem;
      margin: 0;
      accent-color: var(--_accent);
      cursor: pointer;
    }
  }
  #missing:empty {
    display: none;
  }
`;
