import { css } from 'lit';

/** The document's bar and pages, and pdf.js's text layer (from its viewer's style sheet). */
export const documentStyles = css`
  .document {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    background: var(--desk);
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.75rem;
    min-block-size: 3.25rem;
    padding: 0.25rem 0.75rem 0.25rem 1.25rem;
    background: var(--surface);
    border-block-end: 1px solid var(--line);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
    &[inert] {
      opacity: 0.5;
    }
  }
  .tools {
    display: flex;
    align-items: center;
    margin-inline-start: auto;
  }
  .percent {
    min-inline-size: 3.25rem;
    text-align: center;
    color: var(--soft);
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.375rem;
    min-inline-size: 2.75rem;
    padding: 0;
    border: 0;
    background: none;
    &.labelled {
      padding-inline: 0.5rem;
      font-size: 0.875rem;
      color: var(--accent);
    }
    &:hover:not(:disabled) {
      background: var(--tint);
    }
    &:disabled {
      color: var(--edge);
      cursor: default;
    }
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    color: var(--good);
    font-weight: 600;
  }
  .scroller {
    position: relative;
    flex: 1 1 auto;
    min-block-size: 14rem;
    max-block-size: var(--tu-esign-document-height, min(68svh, 60rem));
    overflow: auto;
    scrollbar-gutter: stable both-edges;
    overscroll-behavior: auto;
    &:focus-visible {
      outline-offset: -3px;
    }
  }
  .pages {
    margin: 0.75rem;
    display: flex;
    flex-direction: column;
    gap: 0.75rem;
  }
  .page,
  .sheet {
    position: relative;
    flex: none;
    margin-inline: auto;
    background: var(--paper);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 18%),
      0 4px 14px rgb(0 0 0 / 10%);
  }
  .page {
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
  .sheet {
    position: absolute;
    inset: 0.75rem;
    padding: 10%;
    overflow: hidden;
    background: var(--surface);
  }
  .bones i,
  .sheet i {
    display: block;
    block-size: 0.75rem;
    margin-block-end: 1rem;
    border-radius: 4px;
    background: var(--line);
    animation: breathe 1.6s ease-in-out infinite alternate;
    &:nth-child(3n) {
      inline-size: 60%;
    }
    &.tall {
      block-size: 9rem;
      inline-size: 100%;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  .checking {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 1rem;
    padding: 0.5rem 1.25rem;
    background: var(--surface);
    border-block-start: 1px solid var(--line);
    font-size: 0.875rem;
    color: var(--soft);
    progress {
      flex: 1 1 6rem;
      block-size: 0.375rem;
      accent-color: var(--accent);
    }
  }
  .document > .problem {
    margin: 0.75rem;
  }
  .document:has(> .problem) .scroller:not(:has(.page)) {
    min-block-size: 0;
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
  @container tu-esign (min-width: 60em) {
    .scroller {
      min-block-size: 34rem;
      max-block-size: var(--tu-esign-document-height, min(82svh, 70rem));
    }
    .pages {
      margin: 1.25rem;
      gap: 1.25rem;
    }
  }
`;
