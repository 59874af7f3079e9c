import { barStyles } from './styles-bar.ts';

const css = /* css */ `
  .page {
    position: relative;
    flex: none;
    margin-inline: auto;
    background: var(--_paper);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 18%),
      0 4px 14px rgb(0 0 0 / 10%);
    --scale-round-x: 1px;
    --scale-round-y: 1px;
    overflow: clip;
    > canvas {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
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
pagesSheet.replaceSync(barStyles + css);
