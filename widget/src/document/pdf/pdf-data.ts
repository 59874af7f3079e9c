interface Folders {
  cMapUrl: string;
  standardFontDataUrl: string;
  wasmUrl: string;
}

interface Wish {
  kind: keyof Folders;
  filename: string;
}

interface DataFactory {
  fetch(wish: Wish): Promise<Uint8Array>;
}

/**
 * Fetches what pdf.js needs beside the document (character maps, fonts, decoders) and reports each file it could not
 * get: pdf.js itself would leave the place blank without an error. Decoders are another matter, as pdf.js also has
 * them in plain script; images that none of them could read are found later, among the page's images.
 */
export function recordingDataFactory(missed: (file: string) => void): new (folders: Folders) => DataFactory {
  return class RecordingDataFactory implements DataFactory {
    readonly #folders: Folders;

    constructor(folders: Folders) {
      this.#folders = folders;
    }

    async fetch({ kind, filename }: Wish): Promise<Uint8Array> {
      try {
        return await fetchBytes(this.#folders[kind] + filename);
      } catch (error) {
        if (kind !== 'wasmUrl') missed(filename);
        throw error;
      }
    }
  };
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url, { credentials: 'omit' });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}
