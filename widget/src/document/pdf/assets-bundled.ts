import { pdfjsVersion } from './pdfjs-version.ts';

/*
 * Takes the place of assets.ts in the npm package: a host's bundler moves and renames the modules, and leaves behind
 * what lies beside them. The service has the same files.
 */

export const pdfjsFolder = (service: URL): URL =>
  new URL(`element/pdfjs-${pdfjsVersion}/`, service.href.replace(/\/?$/, '/'));

export const scriptOrigin = (): string => location.origin;
