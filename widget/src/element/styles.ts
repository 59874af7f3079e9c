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
    font-size: 1.25rem;
    line-height: 1.3;
    overflow-wrap: anywhere;
    text-wrap: balance;
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
    padding: 1rem 1.25rem;
    border-block-end: 1px solid var(--_line);
    p {
      color: var(--_soft);
      font-size: 0.875rem;
    }
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .panel {
    display: flex;
    flex-direction: column;
    gap: 1.5rem;
    padding: 1.5rem 1.25rem;
    min-inline-size: 0;
    border-block-start: 1px solid var(--_line);
  }
  [data-phase='stopped'] .document:not(:has(.page)) {
    display: none;
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
  @container tu-esign (min-width: 44em) {
    .panel {
      padding-inline: max(1.25rem, (100cqi - 40rem) / 2);
    }
  }
  @container tu-esign (min-width: 60em) {
    .header {
      padding: 1.25rem 1.75rem;
    }
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(22rem, 26rem);
    }
    .panel {
      border-block-start: 0;
      border-inline-start: 1px solid var(--_line);
      padding: 1.75rem;
    }
    [data-phase='stopped'] .document:not(:has(.page)) + .panel {
      grid-column: 1 / -1;
      border: 0;
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
