/** How far the signing has come. */
export const progressCss = /* css */ `
  .stages {
    margin-block-start: 1rem;
    li {
      position: relative;
      display: flex;
      align-items: flex-start;
      gap: 0.75rem;
      padding-block: 0.625rem;
      color: var(--_soft);
    }
    .now {
      color: var(--_text);
      font-weight: 600;
    }
    /* From its own mark to the next one, however many lines its words take. */
    li:not(:last-child)::after {
      content: '';
      position: absolute;
      inset-block: 2.125rem -0.625rem;
      inset-inline-start: calc(0.75rem - 1px);
      border-inline-start: 2px solid var(--_line);
    }
    .past:not(:last-child)::after {
      border-color: var(--_good);
    }
    + p {
      margin-block-start: 0.75rem;
    }
  }
  .mark {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 1.5rem;
    block-size: 1.5rem;
    border: 2px solid var(--_line);
    border-radius: 50%;
    .past & {
      border-color: var(--_good);
      background: var(--_good);
      color: var(--_surface);
    }
    .now & {
      border-color: var(--_line);
      border-block-start-color: var(--_link);
      animation: turn 0.9s linear infinite;
    }
    svg {
      inline-size: 0.875rem;
    }
  }
`;
