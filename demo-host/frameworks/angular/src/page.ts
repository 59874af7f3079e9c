import { Component, computed, signal } from '@angular/core';
import { getToken, service } from '../../host';
import { Contract } from './contract';

const notes = ['Questions about your contract? Ask your advisor.', 'We answer from nine to six.'];

/** Takes the contract out and puts it back, moves it behind what is beside it, and changes its language. */
@Component({
  selector: 'app-page',
  imports: [Contract],
  template: `
    <main class="alone">
      <div class="title">
        <h1>Sign your contract</h1>
        <p>
          <button (click)="isOpen.set(!isOpen())">{{ isOpen() ? 'Close' : 'Open' }}</button>
          <button (click)="isLast.set(!isLast())">Move</button>
          <button (click)="locale.set('es-MX')">Español</button>
        </p>
      </div>
      @for (part of parts(); track part) {
        @if (part !== contract) {
          <p class="note">{{ part }}</p>
        } @else if (isOpen()) {
          <app-contract [service]="service" [locale]="locale()" [getToken]="getToken" />
        }
      }
    </main>
  `,
})
export class Page {
  readonly service = service;
  readonly getToken = getToken;
  readonly isOpen = signal(true);
  readonly isLast = signal(false);
  readonly locale = signal('en');
  readonly contract = 'contract';
  readonly parts = computed(() => (this.isLast() ? [...notes, this.contract] : [this.contract, ...notes]));
}
