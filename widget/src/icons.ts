import { html, type TemplateResult } from 'lit';

/** A line drawing of 20 by 20. */
export const icon = (path: string): TemplateResult =>
  html`<svg
    viewBox="0 0 20 20"
    width="20"
    height="20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path}></path>
  </svg>`;

export const plus = 'M10 4v12M4 10h12';
export const minus = 'M4 10h12';
export const width = 'M3 4v12M17 4v12M6 10h8M8 7.5 5.8 10 8 12.5M12 7.5l2.2 2.5-2.2 2.5';
export const done = 'm4 10.5 4 4 8-9';
