/** The release of pdf.js this build carries; its worker refuses to talk to any other. */
export const pdfjsVersion = '6.5.438';
