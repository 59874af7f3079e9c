/** The question before declining. */
export const dialogCss = /* css */ `
  dialog {
    inline-size: min(31rem, calc(100vw - 2rem));
    max-block-size: calc(100dvh - 2rem);
    padding: 1.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 30%);
    &::backdrop {
      background: rgb(6 12 22 / 60%);
    }
    form {
      display: grid;
      gap: 1rem;
    }
    h3 {
      font-size: 1.1875rem;
    }
    p,
    label {
      font-size: 0.9375rem;
    }
    small {
      color: var(--_soft);
    }
    textarea {
      display: block;
      inline-size: 100%;
      margin-block-start: 0.375rem;
      padding: 0.625rem;
      font: inherit;
      color: inherit;
      background: var(--_surface);
      border: 1px solid var(--_edge);
      border-radius: var(--_corner);
      resize: vertical;
    }
  }
  @container tu-esign (min-width: 30em) {
    .choices {
      flex-flow: row wrap;
      justify-content: flex-end;
    }
  }
`;
