import { barStyles } from '../reading/styles-bar.ts';
import { reflowStyles } from '../reflow/styles-reflow.ts';
import { thumbnailStyles } from '../reading/styles-thumbnails.ts';

const css = /* css */ `
  .page {
    --total-scale-factor: calc(var(--_scale) * var(--_shrink));
    /* The accent where it is read upon paper, in either theme. */
    --_mark: oklch(from var(--_accent) min(l, 0.48) c h);
    position: relative;
    flex: none;
    contain: strict;
    inline-size: calc(var(--_width) * var(--_scale) * 1px);
    block-size: calc(var(--_height) * var(--_scale) * 1px);
    margin-inline: auto;
    background: var(--_paper);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 18%),
      0 4px 14px rgb(0 0 0 / 10%);
    --scale-round-x: 1px;
    --scale-round-y: 1px;
    > canvas {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
    }
  }
  /* Their printed margins are left out: what is blank lies outside of the list, or below the page before. */
  .trimmed {
    overflow: clip;
    inline-size: max-content;
    min-inline-size: calc(100% - 2 * var(--_gutter));
    align-items: center;
    .page {
      margin: calc(-1 * var(--_top)) calc(-1 * var(--_right)) calc(-1 * var(--_bottom)) calc(-1 * var(--_left));
      clip-path: inset(var(--_top) var(--_right) var(--_bottom) var(--_left));
    }
  }
  .page:focus {
    outline: 3px solid var(--_link);
    outline-offset: 2px;
  }
  .hits i {
    position: absolute;
    background: rgb(255 208 0 / 45%);
    mix-blend-mode: multiply;
    forced-color-adjust: none;
    &.now {
      background: rgb(255 128 0 / 55%);
      outline: 2px solid #b04a00;
      outline-offset: 1px;
    }
  }
  .place {
    position: absolute;
    z-index: 2;
    display: grid;
    place-items: center;
    min-block-size: 0;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: max(1.5px, calc(var(--total-scale-factor) * 1px)) dashed var(--_mark);
    border-radius: 4px;
    background: color-mix(in srgb, var(--_mark) 8%, transparent);
    color: var(--_mark);
    font-size: clamp(0.5625rem, calc(var(--total-scale-factor) * 10px), 1rem);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    scroll-margin-block: 4rem 6rem;
    forced-color-adjust: none;
  }
  /* What is left of the document above a sheet is low. */
  @container tu-esign (max-width: 47.49em) {
    .place {
      scroll-margin-block: 1.75rem 1.5rem;
    }
  }
  .place:hover {
    background: color-mix(in srgb, var(--_mark) 14%, transparent);
  }
  .place:focus-visible {
    outline: 3px solid var(--_mark);
    outline-offset: 2px;
  }
  /* Only what will stand in the document lies upon the page; what is said of it stands above. */
  .place.inked {
    overflow: visible;
    border-style: solid;
    background: color-mix(in srgb, var(--_mark) 4%, transparent);
    span {
      position: absolute;
      inset-block-end: calc(100% + 2px);
      inset-inline-start: -2px;
      padding: 0.1875rem 0.4375rem;
      border-radius: 4px 4px 4px 0;
      background: var(--_mark);
      color: #fff;
      font-size: 0.6875rem;
      white-space: nowrap;
    }
  }
  .place.inked.right span {
    inset-inline: auto -2px;
    border-radius: 4px 4px 0 4px;
  }
  .place[data-kind='initials'] {
    font-size: clamp(0.5rem, calc(var(--total-scale-factor) * 7px), 0.75rem);
  }
  /* Nobody signs there any more. */
  :is([data-phase='stopped'], [data-phase='declined']) :is(.place, .sketch) {
    display: none;
  }
  .place.inked span:empty {
    display: none;
  }
  .sketch {
    position: absolute;
    z-index: 3;
    pointer-events: none;
    forced-color-adjust: none;
  }
  .settled {
    position: absolute;
    z-index: 3;
    border: 2px solid var(--_mark);
    border-radius: 6px;
    pointer-events: none;
    animation: settle 0.9s cubic-bezier(0.2, 0.8, 0.2, 1) both;
  }
  @keyframes settle {
    from {
      opacity: 1;
      scale: 1.12;
      background: color-mix(in srgb, var(--_mark) 12%, transparent);
    }
    to {
      opacity: 0;
      scale: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .settled {
      display: none;
    }
  }
  .textLayer {
    color-scheme: only light;
    position: absolute;
    inset: 0;
    overflow: clip;
    line-height: 1;
    letter-spacing: normal;
    word-spacing: normal;
    text-size-adjust: none;
    forced-color-adjust: none;
    transform-origin: 0 0;
    caret-color: CanvasText;
    --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size));
    --min-font-size-inv: calc(1 / var(--min-font-size));
    :is(span, br) {
      color: transparent;
      position: absolute;
      white-space: pre;
      cursor: text;
      transform-origin: 0% 0%;
    }
    > :not(.markedContent),
    .markedContent span:not(.markedContent) {
      z-index: 1;
      --font-height: 0;
      font-size: calc(var(--text-scale-factor) * var(--font-height));
      --scale-x: 1;
      --rotate: 0deg;
      transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(var(--min-font-size-inv));
    }
    .markedContent {
      display: contents;
    }
    ::selection {
      background: rgb(0 90 255 / 28%);
    }
    br::selection {
      background: transparent;
    }
    &[data-main-rotation='90'] {
      transform: rotate(90deg) translateY(-100%);
    }
    &[data-main-rotation='180'] {
      transform: rotate(180deg) translate(-100%, -100%);
    }
    &[data-main-rotation='270'] {
      transform: rotate(270deg) translateX(-100%);
    }
  }
`;

/** The bar, pages, and pdf.js's text layer upon them (from its viewer's style sheet, pdf_viewer.css). */
export const pagesSheet = new CSSStyleSheet();
pagesSheet.replaceSync(barStyles + thumbnailStyles + reflowStyles + css);
