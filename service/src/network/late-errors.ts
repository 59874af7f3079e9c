import type { Readable } from 'node:stream';

/**
 * Whoever reads a stream is told what goes wrong until its end. What does afterwards (its signal is aborted, or the line
 * breaks, while a request that was answered already is still being sent) would end the process, where nobody listens.
 */
export const ignoreLateErrors = <T extends Readable>(stream: T): T => stream.on('error', () => {});
