/** What was made of the signing, and the files to keep. */
export const outcomeCss = /* css */ `
  .outcome {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
    gap: 0.5rem;
    h3 {
      font-size: 1.375rem;
      line-height: 1.25;
      letter-spacing: -0.01em;
    }
    > p {
      color: var(--_soft);
    }
    > .sequence {
      color: var(--_text);
    }
  }
  .medal {
    display: grid;
    place-items: center;
    inline-size: 3.25rem;
    block-size: 3.25rem;
    margin-block-end: 0.25rem;
    border-radius: 50%;
    color: var(--_good);
    background: color-mix(in oklab, var(--_good) 14%, var(--_surface));
    svg {
      inline-size: 1.5rem;
      block-size: 1.5rem;
    }
    .declined & {
      color: var(--_bad);
      background: var(--_bad-tint);
    }
  }
  .files {
    display: grid;
    gap: 0.625rem;
  }
  .file {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 0.125rem 0.875rem;
    padding: 0.875rem 1rem;
    border: 1px solid var(--_line);
    border-radius: var(--_corner);
    color: inherit;
    text-decoration: none;
    > svg {
      grid-row: span 2;
      align-self: start;
      box-sizing: content-box;
      padding: 0.5rem;
      border-radius: calc(var(--_radius) * 0.5);
      background: var(--_tint);
      color: var(--_link);
    }
    small,
    strong {
      display: block;
      line-height: 1.4;
    }
    strong {
      font-weight: 600;
    }
    small {
      color: var(--_soft);
      font-size: 0.8125rem;
    }
  }
  .state {
    grid-column: 2;
    justify-self: start;
    padding: 0.0625rem 0.5rem;
    border-radius: 1rem;
    background: color-mix(in oklab, currentcolor 10%, var(--_surface));
    color: var(--_wait);
    font-size: 0.8125rem;
    font-weight: 600;
    font-style: normal;
    &[data-state='failed'] {
      color: var(--_bad);
    }
  }
  .take {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    margin-block-start: 0.5rem;
    > * {
      flex: 1 1 auto;
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: 0.5rem;
      border-radius: var(--_corner);
      text-decoration: none;
    }
  }
  .cause {
    grid-column: 2;
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  .proofs[open] > .files {
    margin-block-start: 0.375rem;
  }
  .verify,
  .proofs {
    font-size: 0.875rem;
    summary {
      padding-block: 0.5rem;
      text-decoration: none;
    }
    p {
      color: var(--_soft);
    }
  }
  a.file:hover {
    border-color: var(--_link);
    background: var(--_tint);
  }
  .evidence {
    font-size: 0.875rem;
    a {
      display: inline-block;
      padding-block: 0.5rem;
      color: var(--_link);
      text-underline-offset: 0.2em;
    }
  }
`;
