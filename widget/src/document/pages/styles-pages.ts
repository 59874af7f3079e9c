import { barStyles } from '../reading/styles-bar.ts';
import { thumbnailStyles } from '../reading/styles-thumbnails.ts';

const css = /* css */ `
  .page {
    --total-scale-factor: calc(var(--_scale) * var(--_shrink));
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
    display: flex;
    align-items: center;
    justify-content: center;
    overflow: hidden;
    border: 2px dashed #0a5bb5;
    border-radius: 4px;
    background: rgb(10 91 181 / 8%);
    color: #0a4a94;
    font-size: clamp(0.625rem, calc(var(--total-scale-factor) * 10px), 1rem);
    font-weight: 600;
    line-height: 1.2;
    text-align: center;
    pointer-events: none;
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
pagesSheet.replaceSync(barStyles + thumbnailStyles + css);
