/** The question before declining. */
export const dialogCss = /* css */ `
  dialog {
    inline-size: min(28rem, calc(100vw - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    &::backdrop {
      background: rgb(6 12 22 / 55%);
    }
    form {
      display: grid;
      gap: 1rem;
    }
    h3 {
      font-size: 1.125rem;
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
      border-radius: calc(var(--_radius) * 0.5);
      resize: vertical;
    }
  }
`;
