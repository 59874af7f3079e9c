/**
 * Yields the data of each server-sent event named `name` (WHATWG HTML, 9.2.6). Read from a fetch, as
 * EventSource cannot send the token in a header.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, name: string): AsyncGenerator<string> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of chunks(body)) {
    rest += decoder.decode(chunk, { stream: true }).replaceAll('\r\n', '\n');
    const blocks = rest.split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = readFields(block);
      if (fields.event === name && fields.data) yield fields.data;
    }
  }
}

function readFields(block: string): { event: string; data: string } {
  const fields = { event: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, key, value] = /^(event|data): ?(.*)$/.exec(line) ?? [];
    if (key === 'event') fields.event = value!;
    if (key === 'data') fields.data += (fields.data && '\n') + value!;
  }
  return fields;
}

// Safari 18 cannot iterate a ReadableStream.
async function* chunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    reader.cancel().catch(() => {});
  }
}
