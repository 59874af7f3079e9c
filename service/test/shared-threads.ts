import { openThreads, type Threads } from '#composition/threads.ts';

/** For one PDF, in a test's own service. */
export const pdfLimits = { pdfSeconds: 20, pdfMegabytes: 512 };

let shared: Threads | undefined;

/**
 * The threads of all services that tests start in one process: to start them anew for each was more than half of what
 * most tests took. They end with the process, and with no service.
 */
export const sharedThreads = (): Threads => {
  shared ??= openThreads(pdfLimits);
  return { ...shared, close: async () => {} };
};
