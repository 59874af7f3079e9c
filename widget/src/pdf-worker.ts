const startWithin = 10_000;

/**
 * Starts pdf.js's worker from another origin, by way of a blob. Answers null where the host's policy
 * forbids it; pdf.js then works on the page's own thread.
 */
export async function startWorker(script: URL): Promise<Worker | null> {
  const url = URL.createObjectURL(new Blob([source(script)], { type: 'text/javascript' }));
  try {
    return await ready(new Worker(url, { type: 'module' }));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

// A rejected import is silent outside of the worker; an error thrown later is not.
const source = ({ href }: URL): string =>
  `import(${JSON.stringify(href)}).catch((error) => setTimeout(() => { throw error; }));`;

// What is posted before the import has run would be lost: pdf.js's first message says that it has.
async function ready(worker: Worker): Promise<Worker> {
  const heard = new AbortController();
  const { signal } = heard;
  const isReady = await new Promise<boolean>((resolve) => {
    worker.addEventListener('message', () => resolve(true), { signal });
    worker.addEventListener('error', () => resolve(false), { signal });
    AbortSignal.timeout(startWithin).addEventListener('abort', () => resolve(false), { signal });
  });
  heard.abort();
  if (isReady) return worker;
  worker.terminate();
  throw new Error('no worker');
}
