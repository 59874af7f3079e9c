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
