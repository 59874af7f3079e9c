import { pdfjsVersion } from './pdfjs-version.ts';

/** Where worker, fonts, character maps and decoders of pdf.js lie: in a folder beside the module. */
export const pdfjsFolder = (_service: URL): URL =>
  new URL(/* @vite-ignore */ `./pdfjs-${pdfjsVersion}/`, import.meta.url);

/** Where the script came from: the service, unless the host says otherwise. */
export const scriptOrigin = (): string => new URL(import.meta.url).origin;
