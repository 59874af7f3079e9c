import type { Outlines } from './faces/outlines.ts';

/** Handwriting as outlines rather than as fonts: no font-src to ask of the host, and drawn without a canvas. */
const modules = {
  pluma: () => import('./faces/pluma.ts'),
  brisa: () => import('./faces/brisa.ts'),
  rubrica: () => import('./faces/rubrica.ts'),
};
export type Face = keyof typeof modules;

export const faces = Object.keys(modules) as Face[];

/** Fetches a face's letters. */
export const loadFace = async (face: Face): Promise<Outlines> => (await modules[face]()).outlines;
