/** What holds the panel: beside the document it is a column whose foot stays in view, below it a sheet. */
export const dockCss = /* css */ `
  .dock {
    flex: 1 1 auto;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }
  .body {
    flex: 1 1 auto;
    display: flex;
    flex-direction: column;
    gap: 1rem;
    min-block-size: 0;
    padding: 1.125rem 1.25rem;
    overflow: hidden auto;
    overscroll-behavior: auto;
    &:not(:has(*)) {
      display: none;
    }
  }
  .foot {
    flex: none;
    display: grid;
    /* A word that is too long for it is broken: with large text on a narrow phone there are some. */
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
    gap: 0.75rem;
    padding: 0.875rem 1.25rem 1rem;
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  /* In view even where the host's page leaves the element less room than the window has. */
  @container tu-esign (min-width: 47.5em) {
    .foot {
      position: sticky;
      inset-block-end: 0;
      border-end-end-radius: var(--_radius);
    }
    /* The window of a laptop: the pad is in view whole, and what undoes its ink. */
    @media (max-height: 56rem) {
      .body {
        gap: 0.75rem;
        padding-block: 0.75rem;
      }
      .body .who {
        padding: 0;
        border: 0;
        font-size: 0.75rem;
      }
      .who .initials {
        display: none;
      }
      .body h3#autograph,
      .body #pad-hint:not(.little) {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
    /* A small one: as on a phone, who signs is below the pad. */
    @media (max-height: 44rem) {
      .body {
        padding-block: 0.5rem;
      }
      .body .who {
        order: 2;
      }
      .block > .pad:not(.small) {
        block-size: 8.5rem;
      }
    }
  }
  /* Beside the ink that it is about: further down it would be below the fold. */
  .body .block:has(> .little) {
    display: flex;
    flex-direction: column;
    > .tools,
    > .tools ~ :not(.little) {
      order: 1;
    }
  }
  /* The document has all of the room. */
  .columns:has(.dock[data-idle]) {
    grid-template-columns: minmax(0, 1fr);
    .panel {
      display: none;
    }
  }
  .bar,
  .grab {
    display: none;
  }
  .bar {
    align-items: center;
    gap: 0.5rem 1rem;
    padding: 0.75rem 1rem max(0.75rem, env(safe-area-inset-bottom));
    p {
      flex: 1 1 7rem;
      min-inline-size: 0;
      line-height: 1.3;
      overflow-wrap: anywhere;
      text-wrap: balance;
    }
    span,
    strong {
      display: block;
      font-size: 0.8125rem;
    }
    p > span {
      color: var(--_soft);
    }
    strong {
      font-weight: 600;
    }
  }
  .grab {
    align-self: center;
    align-items: center;
    justify-content: center;
    inline-size: 100%;
    min-block-size: 1.75rem;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_soft);
    &:focus-visible {
      outline-offset: -3px;
    }
  }
  @container tu-esign (max-width: 47.49em) {
    /* The document keeps what it can of the room. */
    .columns:has(.dock[data-open]) .toolbar {
      display: none;
    }
    .body h3#autograph,
    .body #pad-hint:not(.little) {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .body .who {
      order: 2;
      padding: 0;
      border: 0;
      > div {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.625rem;
        align-items: baseline;
      }
      strong {
        font-size: 0.875rem;
      }
    }
    .who .initials {
      display: none;
    }
    .dock:not([data-open]) {
      > :not(.bar) {
        display: none;
      }
      > .bar {
        display: flex;
        flex-wrap: wrap;
      }
    }
    /* Where all of the sheet scrolls, what closes it stays. */
    .dock[data-open] > .grab {
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      display: flex;
      flex: none;
      background: var(--_surface);
    }
    .panel:has(> .dock[data-open]) {
      border-radius: calc(var(--_radius) * 1.5) calc(var(--_radius) * 1.5) 0 0;
      margin-block-start: calc(var(--_radius) * -1.5);
      box-shadow: 0 -6px 28px rgb(0 0 0 / 22%);
    }
    .body {
      gap: 0.75rem;
      padding: 0.25rem 1rem 0.75rem;
    }
    .foot {
      padding: 0.75rem 1rem max(0.75rem, env(safe-area-inset-bottom));
    }
    /* A small phone: what undoes the ink is in view, too. */
    @media (max-height: 43rem) {
      .block > .pad:not(.small) {
        block-size: 7.5rem;
      }
    }
  }
  /* Several to be agreed to would leave no room for the pad: they are scrolled to, and the button stays. */
  @container tu-esign (max-width: 47.49em) {
    .dock[data-open]:has(.host) {
      overflow-y: auto;
      /* What one is led to is not left behind what stays: the button, and what closes the sheet. */
      scroll-padding-block: 1.75rem 10rem;
      .body {
        flex: none;
        overflow: visible;
      }
      .foot {
        padding-block-end: 0;
      }
      .consents {
        max-block-size: none;
        overflow: visible;
      }
      .buttons {
        position: sticky;
        inset-block-end: 0;
        padding-block: 0.5rem max(0.75rem, env(safe-area-inset-bottom));
        background: var(--_surface);
      }
    }
  }
  /* A phone on its side, or text so large that the foot alone would fill the sheet: all of it scrolls. */
  @container tu-esign (max-width: 47.49em) {
    @media (max-height: 36rem) {
      .panel:has(> .dock[data-open]) {
        max-block-size: calc(100% - 3rem);
      }
      .dock[data-open] {
        overflow-y: auto;
        .body {
          flex: none;
          overflow: visible;
        }
      }
    }
  }
  @container tu-esign (max-width: 16em) {
    .dock[data-open] {
      overflow-y: auto;
      .body {
        flex: none;
        overflow: visible;
      }
    }
  }
  [data-phase='stopped'] .columns:not(:has(.page)) .dock {
    > .body {
      display: flex;
    }
    > .bar,
    > .grab {
      display: none;
    }
  }
`;

/** Beside the document's name: three steps, and the way out. */
export const headCss = /* css */ `
  .steps {
    display: none;
    flex: none;
    gap: 1.25rem;
    font-size: 0.8125rem;
    font-weight: 500;
    color: var(--_soft);
    li {
      display: flex;
      align-items: center;
      gap: 0.4375rem;
    }
    i {
      display: grid;
      place-items: center;
      inline-size: 1.375rem;
      block-size: 1.375rem;
      border-radius: 50%;
      background: color-mix(in oklab, var(--_text) 10%, var(--_surface));
      font-size: 0.75rem;
      font-style: normal;
      font-weight: 600;
      svg {
        inline-size: 0.8125rem;
      }
    }
    .now {
      color: var(--_text);
      font-weight: 600;
      text-decoration: none;
      i {
        background: var(--_accent);
        color: var(--_accent-text);
      }
    }
    .past i {
      background: color-mix(in oklab, var(--_good) 16%, var(--_surface));
      color: var(--_good);
    }
  }
  .header > .text {
    flex: none;
    min-block-size: 2.25rem;
    margin-inline: -0.5rem;
    padding: 0.25rem 0.5rem;
  }
  @container tu-esign (min-width: 60em) {
    .steps {
      display: flex;
    }
  }
  @container tu-esign (max-width: 47.49em) {
    .header {
      padding-inline: 0.875rem;
      > .text {
        min-block-size: 1.75rem;
        padding-block: 0;
        font-size: 0.8125rem;
      }
    }
  }
`;
