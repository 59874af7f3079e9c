/** What went wrong, and what is waited for. */
export const noticesCss = /* css */ `
  .offline,
  .loading {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  .problem {
    display: flex;
    gap: 0.75rem;
    padding: 0.875rem 1rem;
    background: var(--_bad-tint);
    border-radius: calc(var(--_radius) * 0.66);
    font-size: 0.9375rem;
    svg {
      color: var(--_bad);
      margin-block-start: 0.125rem;
    }
    button {
      margin-block-start: 0.75rem;
      padding-block: 0.25rem;
    }
  }
  .offline {
    padding: 0.875rem 1rem;
    background: var(--_tint);
    border-radius: calc(var(--_radius) * 0.66);
    font-size: 0.9375rem;
  }
`;
