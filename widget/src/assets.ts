/** The release of pdf.js this build carries; its worker refuses to talk to any other. */
export const pdfjsVersion = '6.5.438';

/** Where worker, fonts, character maps and decoders of pdf.js lie: in a folder beside the module. */
export const pdfjsFolder = (): URL => new URL(/* @vite-ignore */ `./pdfjs-${pdfjsVersion}/`, import.meta.url);

/** Where the script came from: the service, unless the host says otherwise. */
export const scriptOrigin = (): string => new URL(import.meta.url).origin;
