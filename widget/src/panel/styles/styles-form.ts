/** Who signs, and what they consent to. */
export const formCss = /* css */ `
  .who {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.625rem 0.75rem;
    border: 1px solid var(--_line);
    border-radius: var(--_corner);
    font-size: 0.8125rem;
    line-height: 1.4;
    > div {
      min-inline-size: 0;
    }
    strong {
      display: block;
      font-size: 0.9375rem;
      font-weight: 620;
    }
    p {
      color: var(--_soft);
      overflow-wrap: anywhere;
    }
    p > span:not(:last-child)::after {
      content: ' · ';
    }
  }
  .initials {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    border-radius: 50%;
    background: var(--_tint);
    color: var(--_link);
    font-weight: 650;
  }
  dl {
    display: grid;
    gap: 0.75rem 1rem;
    margin-block-start: 0.625rem;
    padding: 0.875rem 1rem;
    background: color-mix(in oklab, var(--_text) 4%, var(--_surface));
    border-radius: var(--_corner);
  }
  dt {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  dd {
    overflow-wrap: anywhere;
    font-size: 0.9375rem;
    line-height: 1.35;
  }
  .hint {
    color: var(--_soft);
    font-size: 0.8125rem;
    line-height: 1.45;
  }
  .consents {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    max-block-size: 14rem;
    overflow: hidden auto;
    margin: -0.375rem;
    padding: 0.375rem;
  }
  .agreed {
    border-radius: calc(var(--_radius) * 0.5);
    details {
      padding-inline-start: 2.125rem;
      font-size: 0.8125rem;
    }
    details p {
      color: var(--_soft);
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    a {
      display: inline-block;
      padding-block: 0.25rem;
      color: var(--_link);
      text-underline-offset: 0.2em;
    }
  }
  .consent {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.625rem;
    padding-block: 0.125rem;
    font-size: 0.875rem;
    line-height: 1.4;
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
  /* What the signatory is led to. */
  [data-wanted] {
    outline: 3px solid var(--_link);
    outline-offset: 3px;
    animation: wanted 0.6s ease-in-out 2 alternate;
  }
  /* Within it, so that two rings are not one blot. */
  [data-wanted] input:focus-visible {
    outline-width: 2px;
    outline-offset: -2px;
  }
  @keyframes wanted {
    to {
      outline-offset: 6px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    [data-wanted] {
      animation: none;
    }
  }
`;
