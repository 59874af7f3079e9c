import { css } from 'lit';
import { documentStyles } from '../document/styles-document.ts';

const frameStyles = css`
  :host {
    --_accent: var(--tu-esign-accent, light-dark(#0a5bb5, #8ab8ff));
    --_surface: var(--tu-esign-surface, light-dark(#fff, #14181f));
    --_text: var(--tu-esign-text, light-dark(#17212e, #e9edf3));
    --_radius: var(--tu-esign-radius, 12px);
    --_soft: color-mix(in oklab, var(--_text) 72%, var(--_surface));
    --_line: color-mix(in oklab, var(--_text) 16%, var(--_surface));
    --_edge: color-mix(in oklab, var(--_text) 52%, var(--_surface));
    --_tint: color-mix(in oklab, var(--_accent) 9%, var(--_surface));
    --_desk: light-dark(#e9edf2, #0c0f14);
    --_good: light-dark(#0d6b3d, #6fd6a0);
    /* The accent where it is read upon the surface, however light or dark a host has chosen it. */
    --_link: light-dark(oklch(from var(--_accent) min(l, 0.5) c h), oklch(from var(--_accent) max(l, 0.75) c h));
    --_paper: #fff;
    color-scheme: light dark;
    container: tu-esign / inline-size;
    display: block;
    color: var(--_text);
    font: 400 1rem/1.5 var(--tu-esign-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    text-align: start;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  h2,
  h3,
  p {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  svg {
    flex: none;
  }
  .frame {
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.125rem 1rem;
    min-block-size: 4rem;
    padding: 0.375rem 1rem;
    border-block-end: 1px solid var(--_line);
    > div {
      flex: 1 1 12rem;
      min-inline-size: 0;
    }
    p {
      color: var(--_soft);
      font-size: 0.8125rem;
      line-height: 1.35;
    }
  }
  /* As high as the window lets it: what is beside or below the document is in view with it. */
  .columns {
    display: flex;
    flex-direction: column;
    block-size: var(--tu-esign-document-height, max(26rem, 100svh - 4rem));
  }
  .panel {
    flex: none;
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    max-block-size: calc(100% - 7.5rem);
    position: sticky;
    inset-block-end: 0;
    z-index: 6;
    background: var(--_surface);
    border-block-start: 1px solid var(--_line);
  }
  .bones,
  .bone {
    padding: 1rem;
  }
  [data-phase='stopped'] {
    .columns:not(:has(.page)) {
      display: block;
      block-size: auto;
      .document {
        display: none;
      }
      .panel {
        border: 0;
      }
    }
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
    min-block-size: 2.75rem;
    border-radius: calc(var(--_radius) * 0.66);
  }
  :focus-visible {
    outline: 3px solid var(--_link);
    outline-offset: 2px;
  }
  .spinner {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    border: 2.5px solid var(--_line);
    border-block-start-color: var(--_link);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @container tu-esign (min-width: 47.5em) {
    .header {
      padding: 0.5rem 1.25rem;
    }
    .columns {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) clamp(340px, 29cqi, 372px);
      block-size: var(--tu-esign-document-height, max(30rem, 100svh - 6rem));
    }
    .panel {
      position: static;
      max-block-size: none;
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
    }
  }
  @container tu-esign (max-width: 47.49em) {
    /* The name has a line of its own, whatever comes beside who asks. */
    .header {
      gap: 0 0.5rem;
      align-content: center;
      > div {
        display: contents;
      }
      h2 {
        flex: 1 1 100%;
      }
      p {
        flex: 1 1 8.5rem;
        min-block-size: 1.75rem;
        align-content: center;
        /* Two lines are no higher than what was kept for one. */
        line-height: 1.2;
        text-wrap: balance;
      }
    }
    .frame {
      border-inline: 0;
      border-radius: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation-duration: 3s !important;
      transition: none !important;
    }
  }
`;

export const styles = [frameStyles, documentStyles];
