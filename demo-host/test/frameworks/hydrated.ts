import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runNode } from './tools.ts';

/** One page by a framework: what server and browser share, and how either begins with it. */
interface HydratedPage {
  app: string;
  server: string;
  browser: string;
}

const pages: Record<'react' | 'vue', HydratedPage> = {
  react: {
    app: `
      import { createElement, useState } from 'react';
      import { TuEsign } from 'tu-esign/react';
      export const App = ({ service, getToken }) => {
        const [told, tell] = useState('nothing');
        const props = { serviceUrl: service, locale: 'en', getToken, onReady: () => tell('ready'), id: 'contract' };
        return createElement('main', null, createElement(TuEsign, props, 'Loading'), createElement('output', null, told));
      };`,
    server: `
      import { renderToString } from 'react-dom/server';
      process.stdout.write(renderToString(createElement(App, host)));`,
    browser: `
      import { hydrateRoot } from 'react-dom/client';
      hydrateRoot(document.querySelector('#page'), createElement(App, host));`,
  },
  vue: {
    app: `
      import { createSSRApp, h, ref } from 'vue';
      import { TuEsign } from 'tu-esign/vue';
      export const App = {
        props: ['service', 'getToken'],
        setup({ service, getToken }) {
          const told = ref('nothing');
          const props = { serviceUrl: service, locale: 'en', getToken, onReady: () => (told.value = 'ready'), id: 'contract' };
          return () => h('main', [h(TuEsign, props, () => 'Loading'), h('output', told.value)]);
        },
      };`,
    server: `
      import { renderToString } from 'vue/server-renderer';
      process.stdout.write(await renderToString(createSSRApp(App, host)));`,
    browser: `createSSRApp(App, host).mount('#page');`,
  },
};

/** Builds a program of this text, by the page's own Vite, as it is when developed: with all that is complained of. */
const builder = (text: string, outDir: string) => `
  process.env.NODE_ENV = 'development';
  const { build } = await import('vite');
  const entry = process.cwd() + '/hydrated.js';
  const given = {
    name: 'given',
    resolveId: (id) => (id === entry ? id : null),
    load: (id) => (id === entry ? ${JSON.stringify(text)} : null),
  };
  const output = { entryFileNames: 'hydrated.js' };
  await build({
    configFile: false,
    mode: 'development',
    base: '/hydrated/',
    logLevel: 'error',
    resolve: { conditions: ['module', 'browser'] },
    plugins: [given],
    define: { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: true },
    build: { outDir: ${JSON.stringify(outDir)}, minify: false, rolldownOptions: { input: entry, output } },
  });`;

const run = async (page: string, program: string): Promise<string> => {
  const { said, succeeded } = await runNode(page, '--input-type=module', '-e', program);
  if (!succeeded) throw new Error(said);
  return said;
};

/** What a server sends of a page, and the browser's files for it by their names. */
export interface RenderedPage {
  html: string;
  files: Map<string, Buffer>;
}

export const renderPage = async (page: keyof typeof pages, service: string): Promise<RenderedPage> => {
  const { app, server, browser } = pages[page];
  const folder = await mkdtemp(join(tmpdir(), 'tu-esign-hydrated-'));
  const host = JSON.stringify({ service });
  const [html] = await Promise.all([
    run(page, `const host = { ...${host}, getToken: async () => '' };${app}${server}`),
    run(page, builder(`${app}const { host } = window;${browser}`, folder)),
  ]);
  const files = await readFiles(folder);
  await rm(folder, { recursive: true });
  return { html, files };
};

const readFiles = async (folder: string): Promise<Map<string, Buffer>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = async (file: string): Promise<[string, Buffer]> => [relative(folder, file), await readFile(file)];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(read)));
};
