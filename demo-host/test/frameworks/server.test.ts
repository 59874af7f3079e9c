import { expect, test } from 'vitest';
import { runNode } from './tools.ts';

/** A program for a server, by each framework, that prints the page it renders. */
const servers = {
  react: `
    import { createElement } from 'react';
    import { renderToString } from 'react-dom/server';
    import { TuEsign } from 'tu-esign/react';
    const props = { serviceUrl: 'https://sign.example.com', getToken: async () => '', onSigned() {}, id: 'contract' };
    console.log(renderToString(createElement(TuEsign, props, 'Loading')));`,
  vue: `
    import { createSSRApp, h } from 'vue';
    import { renderToString } from 'vue/server-renderer';
    import { TuEsign } from 'tu-esign/vue';
    const props = { serviceUrl: 'https://sign.example.com', getToken: async () => '', onSigned() {}, id: 'contract' };
    console.log(await renderToString(createSSRApp({ render: () => h(TuEsign, props, () => 'Loading') })));`,
  angular: `
    import '@angular/compiler';
    import { Component } from '@angular/core';
    import { bootstrapApplication } from '@angular/platform-browser';
    import { provideServerRendering, renderApplication } from '@angular/platform-server';
    import { TuEsign } from 'tu-esign/angular';
    const Page = Component({
      selector: 'app-page',
      imports: [TuEsign],
      template: '<tu-esign id="contract" [serviceUrl]="url" [getToken]="getToken" (signed)="tell($event)">Loading</tu-esign>',
    })(class { url = 'https://sign.example.com'; getToken = async () => ''; tell() {} });
    const config = { providers: [provideServerRendering()] };
    const start = (context) => bootstrapApplication(Page, config, context);
    console.log(await renderApplication(start, { document: '<app-page></app-page>', url: '/' }));`,
};

test.each(Object.entries(servers))(
  'pain 10: %s renders on a server, where there are no elements',
  async (page, server) => {
    const looked = `console.log(['document', 'window', 'customElements'].filter((name) => name in globalThis));`;
    const { said, succeeded } = await runNode(page, '--input-type=module', '-e', `${server}\n${looked}`);
    expect(said).toMatch(/<tu-esign [^>]*id="contract"[^>]*>Loading<\/tu-esign>/);
    expect(said).toContain('\n[]\n');
    expect(succeeded).toBe(true);
  },
);

test.each(['tu-esign', 'tu-esign/define'])('%s is imported on a server', async (name) => {
  const { said } = await runNode(
    'react',
    '--input-type=module',
    '-e',
    `await import('${name}'); console.log('imported')`,
  );
  expect(said).toBe('imported\n');
});
