/** What went wrong, and what is waited for. */
export const noticesCss = /* css */ `
  .loading {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    font-weight: 600;
  }
  .problem,
  .offline {
    display: flex;
    gap: 0.75rem;
    padding: 0.875rem 1rem;
    border: 1px solid;
    border-radius: var(--_corner);
    font-size: 0.9375rem;
    line-height: 1.45;
  }
  .problem {
    strong {
      display: block;
      font-weight: 650;
      text-wrap: balance;
    }
    .contact a {
      display: inline-block;
      max-inline-size: 100%;
      margin-inline-end: 0.5rem;
      /* As high as a finger can meet, whatever size its words have (WCAG 2.2, 2.5.8). */
      min-block-size: 1.5rem;
      line-height: 1.5rem;
      color: inherit;
    }
    background: var(--_bad-tint);
    border-color: color-mix(in oklab, var(--_bad) 30%, var(--_surface));
    svg {
      color: var(--_bad);
      margin-block-start: 0.0625rem;
    }
    button {
      margin-block-start: 0.75rem;
      padding-block: 0.25rem;
    }
  }
  .offline {
    align-items: center;
    background: var(--_tint);
    border-color: color-mix(in oklab, var(--_accent) 25%, var(--_surface));
  }
  /* Nothing but this is there to be seen. */
  [data-phase='stopped'] .columns:not(:has(.page)) .body {
    padding-block: clamp(1.25rem, 8cqi, 4rem);
    > * {
      inline-size: 100%;
      max-inline-size: 34rem;
      margin-inline: auto;
    }
    .problem,
    .offline {
      padding: 1.25rem;
      font-size: 1rem;
    }
  }
`;
