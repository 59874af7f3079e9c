import { createAutographReader, type AutographReader } from '#autograph/reader.ts';
import { uploadTurns } from '#http/limits/admission.ts';
import { createPdfEngine, type PdfEngine, type PdfEngineOptions } from '#pades/engine.ts';
import type { Config } from './settings/config.ts';

/** What reads and writes files of other people's making, each in threads of its own: some hang a parser. */
export interface Threads {
  engine: PdfEngine;
  /** Reads uploads: nobody's signing waits for what is uploaded. */
  uploads: Pick<PdfEngine, 'accept' | 'close'>;
  autographs: AutographReader;
  close(): Promise<void>;
}

export const openThreads = ({ pdfSeconds, pdfMegabytes }: Pick<Config, 'pdfSeconds' | 'pdfMegabytes'>): Threads => {
  const bounds = { timeoutMs: pdfSeconds * 1000, memoryMb: pdfMegabytes };
  const engine = createPdfEngine(bounds);
  const uploads = createUploadEngine({ ...bounds, threads: uploadTurns });
  const autographs = createAutographReader();
  return {
    engine,
    uploads,
    autographs,
    async close() {
      await engine.close();
      await uploads.close();
      await autographs.close();
    },
  };
};

/** Its threads start with the first upload: an instance that only signs has none of them. */
const createUploadEngine = (options: PdfEngineOptions): Threads['uploads'] => {
  let engine: PdfEngine | undefined;
  return {
    accept: (...upload) => (engine ??= createPdfEngine(options)).accept(...upload),
    close: async () => engine?.close(),
  };
};
