import type { EventEmitter } from 'node:events';
import { multipart, type PluginFunction } from 'formidable';

/** formidable's parser of multipart, once there is one. */
interface WithParser {
  _parser: EventEmitter | null;
  _error(cause: unknown): void;
}

type Listener = (event: unknown) => Promise<void> | void;

/**
 * formidable's reader of multipart has an asynchronous listener that nobody awaits: what it throws (an odd
 * Content-Transfer-Encoding is enough) would end the process and leave the request without an answer. Here it is told to
 * the form, which fails.
 */
export const multipartPlugin: PluginFunction = function (form, options) {
  multipart.call(form, form, options);
  const reading = form as unknown as WithParser;
  const parser = reading._parser;
  if (!parser) return;
  for (const listener of parser.listeners('data') as Listener[]) {
    parser.off('data', listener);
    parser.on('data', (event) => {
      Promise.resolve(listener(event)).catch((cause: unknown) => reading._error(cause));
    });
  }
};
