import type { Desk } from '../element/desk.ts';

/** An address as dark squares: an SVG path, a unit to the square, and how many units there are to a side. */
export interface Code {
  path: string;
  side: number;
}

const askEvery = 3_000;
const answerWithin = 15_000;

/** The way to another device: the host's address as a code, and the truth asked for while it is shown. */
export class HandOff {
  readonly #desk: Desk;
  #timer: ReturnType<typeof setInterval> | undefined;
  state: 'closed' | 'asking' | 'shown' | 'failed' = 'closed';
  address = '';
  code: Code | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get isOffered(): boolean {
    return this.#desk.element.handOff !== undefined;
  }

  async open(): Promise<void> {
    this.#set('asking');
    try {
      await this.#prepare();
      if (this.state !== 'asking') return;
      this.#timer = setInterval(() => this.#desk.running?.visit.happen({ type: 'elsewhere' }), askEvery);
      this.#set('shown');
    } catch (error) {
      // oxlint-disable-next-line no-console -- where developers look first
      console.warn('<tu-esign> handOff gave no address', error);
      if (this.state === 'asking') this.#set('failed');
    }
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.state !== 'closed') this.#set('closed');
  }

  async #prepare(): Promise<void> {
    const answer = Promise.resolve(this.#desk.element.handOff!());
    const given = await this.#desk.model.kit.within(answer, answerWithin, () => new Error('it did not answer'));
    const { href, protocol } = new URL(given, document.baseURI);
    if (!/^https?:$/.test(protocol)) throw new Error('its address is none of a page');
    const { encode } = await import('./qr.ts');
    this.code = encode(href);
    this.address = href;
  }

  #set(state: HandOff['state']): void {
    this.#desk.set(() => (this.state = state));
  }
}
