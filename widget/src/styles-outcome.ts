/** What was made of the signing, and the files to keep. */
export const outcomeCss = /* css */ `
  .outcome {
    display: grid;
    gap: 0.5rem;
    h3 {
      font-size: 1.25rem;
    }
    > p {
      color: var(--_soft);
    }
  }
  .medal {
    display: grid;
    place-items: center;
    inline-size: 3rem;
    block-size: 3rem;
    border-radius: 50%;
    color: var(--_good);
    background: color-mix(in oklab, var(--_good) 14%, var(--_surface));
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
    grid-template-columns: auto 1fr auto;
    align-items: center;
    gap: 0.875rem;
    padding: 0.75rem 1rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.66);
    color: inherit;
    text-decoration: none;
    svg {
      color: var(--_accent);
    }
    small,
    strong {
      display: block;
    }
    strong {
      font-weight: 600;
    }
    small,
    em {
      color: var(--_soft);
      font-size: 0.8125rem;
    }
  }
  a.file:hover {
    border-color: var(--_accent);
    background: var(--_tint);
  }
  .evidence {
    font-size: 0.875rem;
    a {
      display: inline-block;
      padding-block: 0.5rem;
      color: var(--_accent);
      text-underline-offset: 0.2em;
    }
  }
`;
