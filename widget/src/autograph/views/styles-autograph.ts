/** Typing and uploading, and the choice between the ways. */
export const autographCss = /* css */ `
  .methods {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    margin-block: 0.5rem 0.625rem;
    padding: 0.25rem;
    background: var(--_tint);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.66);
    label {
      position: relative;
      display: grid;
      flex: 1 1 auto;
      cursor: pointer;
    }
    input {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      margin: 0;
      opacity: 0;
      cursor: inherit;
    }
    span {
      display: grid;
      place-items: center;
      min-block-size: 2.25rem;
      padding: 0.25rem 0.5rem;
      border-radius: calc(var(--_radius) * 0.5);
      font-size: 0.875rem;
      font-weight: 600;
      color: var(--_soft);
      text-align: center;
    }
    :checked + span {
      background: var(--_surface);
      color: var(--_text);
      box-shadow:
        0 0 0 1px var(--_edge),
        0 1px 3px rgb(0 0 0 / 22%);
    }
    :focus-visible + span {
      outline: 3px solid var(--_link);
      outline-offset: 1px;
    }
  }
  .below {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125rem 0.5rem;
    &.tools {
      margin-inline-start: -0.375rem;
    }
    .enlarge {
      margin-inline-start: auto;
    }
    > .hint {
      flex: 1 1 10rem;
    }
  }
  .initials-made {
    margin-block-start: 0.75rem;
    border-radius: calc(var(--_radius) * 0.5);
    h3 {
      margin-block-end: 0.375rem;
    }
    .typed {
      margin-block-end: 0.5rem;
    }
  }
  /* Both pads at once, where stacked the second one would be below the fold: nobody looks for it there. */
  @container tu-esign (min-width: 19em) {
    @media (max-width: 47.49rem) or (max-height: 60rem) {
      .body .block:has(> .pad ~ .initials-made) {
        display: grid;
        grid-template:
          'name name'
          'ways ways'
          'pad initials'
          'little initials'
          'tools initials'
          'hint hint'
          'keys keys'
          'more more' / minmax(0, 1fr) clamp(6.5rem, 32cqi, 7.5rem);
        column-gap: 0.625rem;
        > h3 {
          grid-area: name;
        }
        > .methods {
          grid-area: ways;
        }
        > .pad {
          grid-area: pad;
        }
        > .hint {
          grid-area: hint;
        }
        > .little {
          grid-area: little;
        }
        > .keys {
          grid-area: keys;
        }
        > .more {
          grid-area: more;
        }
        > .tools {
          grid-area: tools;
          flex-wrap: nowrap;
          gap: 0;
        }
        > .initials-made {
          grid-area: initials;
          margin: 0;
        }
        .initials-made h3,
        .tool:not(.enlarge) span {
          position: absolute;
          inline-size: 1px;
          block-size: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .enlarge {
          text-align: start;
        }
        .initials-made .quiet {
          inline-size: 100%;
          padding-inline: 0.5rem;
        }
        .small .guide {
          font-size: 0.75rem;
          line-height: 1.2;
        }
      }
    }
  }
  .more {
    margin-block-start: 0.25rem;
    font-size: 0.8125rem;
    summary {
      color: var(--_soft);
    }
  }
  .remember {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    min-block-size: 2.25rem;
    margin-block-start: 0.375rem;
    font-size: 0.8125rem;
    color: var(--_soft);
    cursor: pointer;
    input {
      flex: none;
      inline-size: 1.5rem;
      block-size: 1.5rem;
      margin: 0;
      accent-color: var(--_accent);
    }
  }
  .typed {
    display: block;
    font-size: 0.875rem;
    input {
      display: block;
      inline-size: 100%;
      margin-block-start: 0.25rem;
      padding: 0.625rem 0.75rem;
      font: inherit;
      font-size: 1rem;
      color: inherit;
      background: var(--_surface);
      border: 1px solid var(--_edge);
      border-radius: calc(var(--_radius) * 0.5);
    }
  }
  .hands {
    display: grid;
    gap: 0.5rem;
    margin-block-start: 0.5rem;
  }
  .hand {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 0.75rem;
    cursor: pointer;
    input {
      inline-size: 1.5rem;
      block-size: 1.5rem;
      margin: 0;
      accent-color: var(--_accent);
    }
    :checked + .paper {
      border-color: var(--_link);
      box-shadow: inset 0 0 0 1px var(--_link);
    }
  }
  .paper {
    display: block;
    min-inline-size: 0;
    background: var(--_paper);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.66);
    forced-color-adjust: none;
    overflow: hidden;
    svg {
      display: block;
      inline-size: 100%;
      block-size: 4.5rem;
      fill: var(--_ink);
    }
    .spinner {
      display: block;
      margin: 1.625rem auto;
    }
    &.uploaded {
      display: grid;
      place-items: center;
      margin-block-end: 0.375rem;
      padding: 0.75rem;
    }
    canvas {
      max-inline-size: 100%;
      max-block-size: 9rem;
    }
  }
  .picker {
    position: relative;
    display: grid;
    margin-block-start: 0.625rem;
    justify-items: center;
    gap: 0.25rem;
    padding: 1.25rem 1rem;
    text-align: center;
    border: 1.5px dashed var(--_edge);
    border-radius: calc(var(--_radius) * 0.66);
    cursor: pointer;
    input {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      opacity: 0;
      cursor: inherit;
    }
    svg,
    strong {
      color: var(--_link);
    }
    strong {
      font-weight: 600;
    }
    &:hover {
      background: var(--_tint);
    }
    &:focus-within:has(:focus-visible) {
      outline: 3px solid var(--_link);
      outline-offset: 2px;
    }
  }
  .fault {
    margin-block-start: 0.5rem;
    font-size: 0.875rem;
    color: var(--_bad);
  }
  #typed-missing:empty,
  .hint:empty {
    display: none;
  }
  /* The narrowest phones: three ways, and three tools, are still one line each. */
  @container tu-esign (max-width: 22em) {
    .methods span {
      padding-inline: 0.125rem;
      font-size: 0.8125rem;
    }
    .below.tools {
      column-gap: 0;
      .tool {
        padding-inline: 0.25rem;
        font-size: 0.75rem;
      }
    }
  }
`;
