/*
 * Brotli's decoder is a fifth of pdf.js's worker, and hardly any document is compressed by it: it is fetched where a
 * document names it. A document that hides the name until it is read is not shown whole, and the element is told so.
 */

type Decode = (bytes: Int8Array) => Int8Array;

let decoder: Decode | undefined;

/** What the worker says when it would need the decoder and has none. */
export const lacksBrotli = { lacks: 'BrotliDecode' };

/** Takes the place of pdf.js's own decoder. */
export function decode(bytes: Int8Array): Int8Array {
  if (decoder) return decoder(bytes);
  postMessage(lacksBrotli);
  throw new Error('Brotli has not been loaded');
}

export async function loadBrotli(): Promise<void> {
  const { BrotliDecode } = await import('pdfjs-dist/build/brotli.mjs');
  decoder = BrotliDecode;
}

const name = new TextEncoder().encode('BrotliDecode');

function namesBrotli(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(name[0]!); at >= 0; at = bytes.indexOf(name[0]!, at + 1)) {
    if (name.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

interface FromPage {
  action?: string;
  data?: { data?: Uint8Array };
}

/** Holds back the message that hands a document over until the decoder is there, if it is one that needs it. */
export function awaitBrotli(): void {
  addEventListener('message', (event: MessageEvent<FromPage>) => {
    const { action, data } = event.data;
    if (decoder || action !== 'GetDocRequest' || !data?.data || !namesBrotli(data.data)) return;
    event.stopImmediatePropagation();
    const goOn = () => dispatchEvent(new MessageEvent('message', { data: event.data }));
    loadBrotli().then(goOn, goOn);
  });
}
