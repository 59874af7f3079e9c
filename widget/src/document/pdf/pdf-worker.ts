const startWithin = 10_000;

/** Loads what the worker would have run: pdf.js finds it by the global which that script sets. */
export const loadOnThisThread = (script: URL): Promise<unknown> => import(/* @vite-ignore */ script.href);

/**
 * Starts pdf.js's worker from another origin, by way of a blob. Answers null where the host's policy
 * forbids it; pdf.js then works on the page's own thread.
 */
export async function startWorker(script: URL): Promise<Worker | null> {
  const url = URL.createObjectURL(new Blob([source(script)], { type: 'text/javascript' }));
  try {
    return await ready(new Worker(trust(url), { type: 'module' }));
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

// Under Trusted Types, a worker's address has to come from a policy which the host has allowed by name. A
// second copy of this script may not create it again, and does without a worker.
let policy: { createScriptURL(url: string): string } | undefined;
function trust(url: string): string {
  policy ??= (globalThis as TrustedTypes).trustedTypes?.createPolicy('tu-esign', { createScriptURL: (url) => url });
  return policy?.createScriptURL(url) ?? url;
}

interface TrustedTypes {
  trustedTypes?: { createPolicy(name: string, rules: NonNullable<typeof policy>): typeof policy };
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
