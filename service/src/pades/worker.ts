import type { ProblemType } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { AcceptedDocument } from '#signing/document.ts';
import { acceptDocument } from './accept.ts';
import { prepareSignature, type PreparedSignature, type PrepareOptions } from './prepare.ts';

/** An error loses its class on the way out of a thread; a Problem's type must not be lost. */
export type Answer<T> = { value: T } | { problem: ProblemType; detail: string };

const answer = async <T>(work: () => T | Promise<T>): Promise<Answer<T>> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: error.type, detail: error.message };
  }
};

/** Runs in a worker thread: see AcceptDocument. */
export const accept = (pdf: Uint8Array): Promise<Answer<AcceptedDocument>> => answer(() => acceptDocument(pdf));

/** Runs in a worker thread. */
export const prepare = (options: PrepareOptions): Promise<Answer<PreparedSignature>> =>
  answer(() => prepareSignature(options));
