interface Binary {
  kind: string;
  /** Base64. */
  data: string;
  /** A blob's media type. */
  type?: string;
}

/**
 * A value as bytes: what JSON holds, and blobs, array buffers and views upon them anywhere in it. So an autograph
 * can be strokes, a text or a picture, and nothing here needs to know which.
 */
export async function encode(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const binaries: (Blob | ArrayBuffer | ArrayBufferView)[] = [];
  const json = JSON.stringify(value, (_, member: unknown) =>
    isBinary(member) ? { $binary: binaries.push(member) - 1 } : member,
  );
  return new TextEncoder().encode(JSON.stringify({ json, binaries: await Promise.all(binaries.map(pack)) }));
}

export function decode(bytes: BufferSource): unknown {
  const { json, binaries } = JSON.parse(new TextDecoder().decode(bytes)) as { json: string; binaries: Binary[] };
  return JSON.parse(json, (_, member: { $binary?: number } | null) =>
    typeof member?.$binary === 'number' ? unpack(binaries[member.$binary]!) : member,
  );
}

const isBinary = (value: unknown): value is Blob | ArrayBuffer | ArrayBufferView =>
  value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);

async function pack(value: Blob | ArrayBuffer | ArrayBufferView): Promise<Binary> {
  if (value instanceof Blob) {
    return { kind: 'Blob', type: value.type, data: toBase64(new Uint8Array(await value.arrayBuffer())) };
  }
  if (value instanceof ArrayBuffer) return { kind: 'ArrayBuffer', data: toBase64(new Uint8Array(value)) };
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return { kind: value.constructor.name, data: toBase64(bytes) };
}

const views = {
  Uint8Array,
  Uint8ClampedArray,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
};

function unpack({ kind, data, type }: Binary): unknown {
  const bytes = fromBase64(data);
  if (kind === 'Blob') return new Blob([bytes], { type: type ?? '' });
  if (kind === 'ArrayBuffer') return bytes.buffer;
  return new views[kind as keyof typeof views](bytes.buffer);
}

const slice = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += slice) text += String.fromCharCode(...bytes.subarray(at, at + slice));
  return btoa(text);
}

/** Base64, or its form for addresses (RFC 4648, 5), without padding. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
