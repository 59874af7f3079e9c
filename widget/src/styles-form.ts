/** Who signs, and what they consent to. */
export const formCss = /* css */ `
  dl {
    display: grid;
    gap: 0.5rem;
    margin-block-start: 0.5rem;
  }
  dt {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  dd {
    overflow-wrap: anywhere;
    line-height: 1.35;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }
  .hint {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  .consent {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.75rem;
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
