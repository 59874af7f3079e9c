declare module 'pdfjs-dist/build/brotli.mjs' {
  export const BrotliDecode: (bytes: Int8Array) => Int8Array;
}

declare module 'pdfjs-dist/build/pdf.worker.mjs' {}
