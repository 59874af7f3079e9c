import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import type { TestRunnerConfig } from '@web/test-runner';
import { bundleWorker } from './scripts/bundle/bundle-worker.ts';
import { trimPdfjs } from './scripts/bundle/trim-pdfjs.ts';
import { emulatePlugin } from './test/engines/emulate.ts';
import { engines } from './test/engines/engines.ts';
import { workerFile } from './src/document/pdf/worker/worker-file.ts';
import { linesReporter } from './test/lines.ts';
import { FakeService } from './test/fake-service.ts';
import { createPdf } from './test/pdf.ts';
import { signedDocument } from './test/signed-document.ts';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const root = fileURLToPath(new URL('..', import.meta.url));
const pdfjs = join(root, 'node_modules/pdfjs-dist');
const service = new FakeService({ signed: createPdf(signedDocument) });
const worker = await bundleWorker();
worker.files.set(workerFile, worker.files.get(worker.entry)!);

const answer: Middleware = async (context, next) => {
  context.respond = false;
  if (await service.answer(context.req, context.res)) return;
  context.respond = true;
  await next();
};

/** The same files below another address, whose pdf.js lacks some; and a policy, where the address has one. */
const serveElsewhere: Middleware = async (context, next) => {
  context.state.lacks = /^\/without-(wasm|decoders)\//.exec(context.path)?.[1];
  context.url = context.url.replace(/^\/without-(?:wasm|decoders)(?=\/)/, '');
  await next();
  const { policy } = context.query;
  if (typeof policy === 'string') context.set('content-security-policy', policy);
};

const lacking: Record<string, RegExp> = { wasm: /\.wasm$/, decoders: /^wasm\// };

/** What a build copies beside the chunk. One character map is missing, for the page that cannot be drawn whole. */
const servePdfjs: Middleware = async (context, next) => {
  const file = /\/pdfjs-[\d.]+\/(.+)$/.exec(context.path)?.[1];
  if (!file) {
    await next();
    return;
  }
  const script = worker.files.get(file);
  if (script) {
    context.type = 'text/javascript';
    context.body = script;
    return;
  }
  const path = join(pdfjs, file);
  if (file.includes('90ms-RKSJ-H') || lacking[context.state.lacks]?.test(file) || !existsSync(path)) {
    context.status = 404;
    return;
  }
  context.type = file.endsWith('.js') ? 'text/javascript' : 'application/octet-stream';
  context.body = await readFile(path);
};

/**
 * Tests of what the engine does, and not we: these run in every engine, all others in Chromium alone. TU_ESIGN_ENGINES
 * names engines that all of them run in, as test:full does.
 */
const ofTheEngine = {
  'pointers, ink and canvas': ['autograph-pad', 'picture'],
  'workers, WebAssembly and what older browsers lack': ['older-browsers'],
  'IndexedDB, cryptography, other tabs': ['drafts'],
};

const filesOf = (name: string): string => fileURLToPath(new URL(`src/**/${name}.test.ts`, import.meta.url));
const everywhere = { name: 'of the engine', files: Object.values(ofTheEngine).flat().map(filesOf) };
const asked = process.env.TU_ESIGN_ENGINES;

export default {
  rootDir: root,
  files: filesOf('*'),
  nodeResolve: true,
  // Tests wait more than they work: all engines side by side, and two browsers of each.
  concurrentBrowsers: 3,
  browsers: engines(asked ?? 'chromium', 2),
  groups: asked ? [] : [{ ...everywhere, browsers: engines('firefox,webkit', 2) }],
  plugins: [
    emulatePlugin(),
    {
      name: 'trimmed-pdfjs',
      transform: ({ path, body }) =>
        path.endsWith('/pdfjs-dist/build/pdf.mjs') ? trimPdfjs('pdf.mjs', String(body)) : undefined,
    },
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)) }),
  ],
  reporters: [linesReporter()],
  middleware: [answer, serveElsewhere, servePdfjs],
  // Only what hangs takes so long: on a machine that does much else, too.
  browserStartTimeout: 300_000,
  testsStartTimeout: 300_000,
  testsFinishTimeout: 1_200_000,
  testFramework: { config: { timeout: 600_000 } },
} satisfies TestRunnerConfig;
