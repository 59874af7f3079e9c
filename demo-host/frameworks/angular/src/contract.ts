import { Component, input, signal } from '@angular/core';
import type { TuEsignSignedEvent } from 'tu-esign';
import { TuEsign } from 'tu-esign/angular';

@Component({
  selector: 'app-contract',
  imports: [TuEsign],
  template: `
    <tu-esign [serviceUrl]="service()" [locale]="locale()" [getToken]="getToken()" (signed)="signed.set($event)" />
    @if (signed(); as signed) {
      <a [href]="signed.outputs.document.link?.href">Your copy of {{ signed.identifier }}</a>
    }
  `,
})
export class Contract {
  readonly service = input.required<string>();
  readonly locale = input.required<string>();
  readonly getToken = input.required<() => Promise<string>>();
  readonly signed = signal<TuEsignSignedEvent | undefined>(undefined);
}
