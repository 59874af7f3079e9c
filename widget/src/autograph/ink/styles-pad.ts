/** The autograph pad. */
export const padCss = /* css */ `
  .pad {
    position: relative;
    /* Ink knows left and right only. */
    direction: ltr;
    block-size: clamp(9.5rem, 26cqi, 13rem);
    overflow: hidden;
    background: var(--_paper);
    border: 1px solid var(--_edge);
    border-radius: var(--_corner);
    margin-block-end: 0.375rem;
    forced-color-adjust: none;
    &:focus-within:has(:focus-visible) {
      outline: 3px solid var(--_link);
      outline-offset: 2px;
    }
    canvas {
      display: block;
      touch-action: none;
      cursor: crosshair;
      outline: none;
    }
  }
  .guide {
    position: absolute;
    inset-inline: 8%;
    inset-block-end: 24%;
    padding-block-end: 0.25rem;
    border-block-end: 1.5px dashed #9aa5b8;
    color: #5b667a;
    font-size: 0.875rem;
    pointer-events: none;
  }
  .hint.little {
    color: var(--_text);
  }
  .pen {
    position: absolute;
    inset: 0 auto auto 0;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: -0.625rem;
    border: 2px solid var(--_ink);
    border-radius: 50%;
    pointer-events: none;
    visibility: hidden;
    &[data-down] {
      background: rgb(18 39 92 / 45%);
      scale: 0.7;
    }
    canvas:focus-visible ~ & {
      visibility: visible;
    }
  }
  .keys {
    display: none;
    .pad:has(:focus-visible) ~ & {
      display: block;
    }
  }
`;
