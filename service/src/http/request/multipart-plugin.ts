import type { EventEmitter } from 'node:events';
import { multipart, type Part, type PluginFunction } from 'formidable';

/** formidable's own code for fields that are too large together. */
const tooLarge = Object.assign(new Error('fields are too large'), { code: 1006 });

/** Whether a part is text: without a media type, or JSON, which is what OpenAPI's clients send objects as. */
const isField = ({ mimetype }: Part): boolean => !mimetype || /^application\/json\s*(?:;|$)/i.test(mimetype);

/**
 * Reads parts by formidable's own hook, `onPart`. Fields are read here: formidable takes JSON for a file, decodes text by the
 * part's Content-Transfer-Encoding, which is none of its character set, and throws where nobody catches it.
 */
export const multipartPlugin: PluginFunction = function (form, options) {
  const events: EventEmitter = form;
  const fail = (cause: unknown): void => void events.emit('error', cause);
  const readFile = form.onPart.bind(form);
  let room = options.maxFieldsSize ?? 0;

  const readField = (part: Part): void => {
    const chunks: Buffer[] = [];
    part.on('data', (chunk: Buffer) => {
      room -= chunk.length;
      if (room >= 0) chunks.push(chunk);
      else fail(tooLarge);
    });
    part.on('end', () => events.emit('field', part.name, Buffer.concat(chunks).toString()));
  };

  form.onPart = async (part) => {
    if (isField(part)) return readField(part);
    await Promise.resolve(readFile(part)).catch(fail);
  };
  multipart.call(form, form, options);
};
