const css = /* css */ `
  :host {
    --_accent-text: var(--tu-esign-accent-text, light-dark(#fff, #0a1a33));
    --_bad: light-dark(#ab1f2d, #ff9c9c);
    --_bad-tint: light-dark(#fdf0f0, #35191c);
    --_ink: #12275c;
  }
  dl,
  dd,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  h3 {
    font-size: 0.9375rem;
    line-height: 1.4;
  }
  ul,
  ol {
    list-style: none;
  }
  [tabindex='-1']:focus {
    outline: none;
  }
  .offline,
  .loading {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  dl {
    display: grid;
    gap: 0.5rem;
    margin-block-start: 0.5rem;
  }
  dt {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  dd {
    overflow-wrap: anywhere;
    line-height: 1.35;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }
  .hint {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  .pad {
    position: relative;
    block-size: clamp(9.5rem, 26cqi, 13rem);
    overflow: hidden;
    background: var(--_paper);
    border: 1px solid var(--_edge);
    border-radius: calc(var(--_radius) * 0.66);
    margin-block-end: 0.375rem;
    forced-color-adjust: none;
    &:focus-within:has(:focus-visible) {
      outline: 3px solid var(--_accent);
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
  .consent {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.75rem;
    font-size: 0.875rem;
    cursor: pointer;
    overflow-wrap: anywhere;
    span {
      white-space: pre-line;
    }
    input {
      inline-size: 1.5rem;
      block-size: 1.5rem;
      margin: 0;
      accent-color: var(--_accent);
      cursor: pointer;
    }
  }
  .buttons,
  .choices {
    display: flex;
    flex-direction: column;
    gap: 0.5rem;
  }
  .primary,
  .danger {
    padding: 0.625rem 1.25rem;
    border: 1px solid transparent;
    font-weight: 600;
  }
  .primary {
    min-block-size: 3.25rem;
    background: var(--_accent);
    color: var(--_accent-text);
    &[aria-disabled='true'] {
      background: var(--_line);
      color: var(--_soft);
      cursor: not-allowed;
    }
    &:hover:not([aria-disabled='true']) {
      filter: brightness(1.08);
    }
  }
  .danger {
    background: var(--_bad);
    color: var(--_surface);
  }
  .text {
    align-self: center;
    padding: 0.5rem 1rem;
    border: 0;
    background: none;
    color: var(--_soft);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    font-size: 0.875rem;
  }
  #missing:empty {
    display: none;
  }
  .quiet {
    padding: 0.625rem 1.25rem;
    font-weight: 600;
    background: none;
    border: 1px solid var(--_edge);
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
  .stages {
    margin-block-start: 1rem;
    li {
      position: relative;
      display: flex;
      align-items: center;
      gap: 0.75rem;
      padding-block: 0.625rem;
      color: var(--_soft);
    }
    .now {
      color: var(--_text);
      font-weight: 600;
    }
    li + li::before {
      content: '';
      position: absolute;
      inset-block: -0.625rem calc(50% + 0.75rem);
      inset-inline-start: calc(0.75rem - 1px);
      border-inline-start: 2px solid var(--_line);
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
      color: var(--_good);
    }
    .now & {
      border-color: var(--_line);
      border-block-start-color: var(--_accent);
      animation: turn 0.9s linear infinite;
    }
    svg {
      inline-size: 0.875rem;
    }
  }
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
  @media (forced-colors: active) {
    button,
    .file,
    .problem {
      border: 1px solid !important;
    }
  }
`;

/** What stands beside or below the document. */
export const panelSheet = new CSSStyleSheet();
panelSheet.replaceSync(css);
