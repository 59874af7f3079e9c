/** Going on with a phone. */
export const handOffCss = /* css */ `
  .hand-off {
    margin-block-start: 0.25rem;
    margin-inline-start: -0.5rem;
  }
  .code {
    display: flex;
    flex-wrap: wrap;
    gap: 1rem;
    margin-block-start: 0.75rem;
    padding: 1rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.66);
    font-size: 0.875rem;
    > svg {
      inline-size: 9.5rem;
      max-inline-size: 100%;
      background: #fff;
      fill: #000;
      border-radius: calc(var(--_radius) * 0.5);
      forced-color-adjust: none;
    }
    > div {
      flex: 1 1 10rem;
      display: grid;
      align-content: start;
      gap: 0.5rem;
    }
    a {
      display: inline-block;
      padding-block: 0.25rem;
      color: inherit;
    }
  }
`;
