import { svg, type SVGTemplateResult } from 'lit';

const icon = (path: SVGTemplateResult): SVGTemplateResult =>
  svg`<svg viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${path}</svg>`;

export const plus = icon(svg`<path d="M10 4v12M4 10h12"/>`);
export const minus = icon(svg`<path d="M4 10h12"/>`);
export const width = icon(svg`<path d="M3 4v12M17 4v12M6 10h8M8 7.5 5.8 10 8 12.5M12 7.5l2.2 2.5-2.2 2.5"/>`);
export const undo = icon(svg`<path d="M7 4 3.5 7.5 7 11M4 7.5h7a4.5 4.5 0 0 1 0 9H8"/>`);
export const cross = icon(svg`<path d="m5 5 10 10M15 5 5 15"/>`);
export const check = icon(svg`<path d="m4 10.5 4 4 8-9"/>`);
export const alert = icon(svg`<path d="M10 3 2 17h16zM10 8v4M10 14.5v.01"/>`);
export const page = icon(svg`<path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5"/>`);
export const key = icon(svg`<circle cx="6.5" cy="13.5" r="3.5"/><path d="m9 11 8-8M14 6l2.5 2.5M12 8l1.5 1.5"/>`);
export const seal = icon(svg`<circle cx="10" cy="8" r="5.5"/><path d="m7 13-1 5 4-2 4 2-1-5M8 8l1.5 1.5L12.5 6.5"/>`);
