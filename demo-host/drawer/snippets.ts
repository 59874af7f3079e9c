export interface Shown {
  service: string;
  locale: string;
  theme: string;
}

export type SnippetName = 'html' | 'react' | 'vue' | 'angular';

const getToken = `async () => (await (await fetch('/api/token', { method: 'POST' })).json()).token`;

/** What an integrator writes for what is seen here: the page by each framework. Styles are the same in all of them. */
export const snippets: Record<SnippetName, (shown: Shown) => string> = {
  html: ({ service, locale, theme }) => `<script type="module" src="${service}/element/tu-esign.js"></script>
<tu-esign locale="${locale}" theme="${theme}"></tu-esign>
<script type="module">
  const element = document.querySelector('tu-esign');
  element.getToken = ${getToken};
  element.addEventListener('tu-esign-signed', (event) => console.log(event.identifier));
</script>
`,
  react: ({ service, locale, theme }) => `import { TuEsign } from 'tu-esign/react';

const getToken = ${getToken};

export function Contract() {
  return (
    <TuEsign
      serviceUrl="${service}"
      locale="${locale}"
      theme="${theme}"
      getToken={getToken}
      onSigned={(event) => console.log(event.identifier)}
    />
  );
}
`,
  vue: ({ service, locale, theme }) => `<script setup lang="ts">
import type { TuEsignSignedEvent } from 'tu-esign';
import { TuEsign } from 'tu-esign/vue';

const getToken = ${getToken};
const onSigned = (event: TuEsignSignedEvent) => console.log(event.identifier);
</script>

<template>
  <TuEsign service-url="${service}" locale="${locale}" theme="${theme}" :get-token="getToken" @signed="onSigned" />
</template>
`,
  angular: ({ service, locale, theme }) => `import { Component } from '@angular/core';
import type { TuEsignSignedEvent } from 'tu-esign';
import { TuEsign } from 'tu-esign/angular';

@Component({
  selector: 'app-contract',
  imports: [TuEsign],
  template: \`
    <tu-esign serviceUrl="${service}" locale="${locale}" theme="${theme}" [getToken]="getToken" (signed)="onSigned($event)" />
  \`,
})
export class Contract {
  readonly getToken = ${getToken};
  onSigned(event: TuEsignSignedEvent) {
    console.log(event.identifier);
  }
}
`,
};

interface BackEnd {
  service: string;
  origin: string;
  /** Where the signature goes, initials, consents: what is chosen in the drawer. */
  claims: Record<string, unknown>;
}

/** As one writes it in JavaScript: names without quotation marks. */
const literal = (value: unknown): string =>
  JSON.stringify(value, undefined, 2)
    .replaceAll(/"(\w+)":/g, '$1:')
    .replaceAll('\n', '\n  ');

/** What the host's back end signs for it. */
export const backEnd = ({ service, origin, claims }: BackEnd): string => {
  const chosen = Object.entries(claims).map(([name, value]) => `  ${name}: ${literal(value)},\n`);
  return `import { SignJWT } from 'jose';

const token = await new SignJWT({
  scope: 'signing',
  origin: '${origin}',
  identifier: 'SDA-2026-0417',
  document: { digest, name: 'Contrato.pdf' },
  signatory: { givenName: 'Ana', email: 'ana@example.com' },
${chosen.join('')}})
  .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: 'key-1' })
  .setIssuer('${origin}')
  .setAudience('${service}')
  .setJti(crypto.randomUUID())
  .setIssuedAt()
  .setExpirationTime('5m')
  .sign(privateKey);
`;
};
