/** The autograph pad. */
export const padCss = /* css */ `
  .pad {
    position: relative;
    /* Ink knows left and right only. */
    direction: ltr;
    block-size: 9.5rem;
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
    /* Until somebody has gone to it on purpose, a finger on it scrolls. */
    canvas {
      display: block;
      touch-action: manipulation;
      cursor: crosshair;
      outline: none;
    }
  }
  .pad.small {
    inline-size: min(100%, 13rem);
    block-size: 5.5rem;
  }
  .pad[data-entered] canvas {
    touch-action: none;
  }
  .guide .touch,
  .enlarge {
    display: none;
  }
  @media (pointer: coarse) {
    .guide b {
      display: none;
    }
    .guide .touch {
      display: inline;
    }
    .enlarge {
      display: inline-flex;
    }
  }
  @container tu-esign (max-width: 47.49em) {
    .enlarge {
      display: inline-flex;
    }
  }
  .guide b {
    font-weight: 400;
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
  .stage {
    inline-size: 100vw;
    block-size: 100dvh;
    max-inline-size: none;
    max-block-size: none;
    padding: 0;
    border: 0;
    border-radius: 0;
    background: var(--_surface);
    overflow: hidden;
    .turned {
      position: absolute;
      inset: 50% auto auto 50%;
      display: grid;
      grid-template: minmax(0, 1fr) auto / 1fr auto;
      gap: 0.5rem 1rem;
      inline-size: 100vw;
      block-size: 100dvh;
      padding: 1rem;
      translate: -50% -50%;
    }
    .pad {
      grid-column: 1 / -1;
      block-size: auto;
      margin: 0;
    }
    .next {
      min-inline-size: 8rem;
    }
  }
  @media (orientation: portrait) {
    .stage .turned {
      inline-size: 100dvh;
      block-size: 100vw;
      rotate: 90deg;
    }
  }
  .keys {
    display: none;
    .pad:has(:focus-visible) ~ & {
      display: block;
    }
  }
`;
