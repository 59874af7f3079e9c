import type { HandOffOffer } from '../autograph/views/autograph-model.ts';
import type { VisitPort } from './visit-port.ts';

const askEvery = 3_000;
const answerWithin = 15_000;

/**
 * Going on with another device: shows the host's address as a QR code, and meanwhile asks the service whether the
 * document has been signed there.
 */
export class HandOff implements HandOffOffer {
  readonly #controller: VisitPort;
  #timer: ReturnType<typeof setInterval> | undefined;
  state: HandOffOffer['state'] = 'closed';
  address = '';
  code: HandOffOffer['code'] = null;

  constructor(controller: VisitPort) {
    this.#controller = controller;
  }

  get isOffered(): boolean {
    return this.#controller.element.handOff !== undefined;
  }

  async open(): Promise<void> {
    this.#set('asking');
    try {
      await this.#prepare();
      if (this.state !== 'asking') return;
      this.#timer = setInterval(() => this.#controller.running?.visit.dispatch({ type: 'elsewhere' }), askEvery);
      this.#set('shown');
      await this.#bring();
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
    const answer = Promise.resolve(this.#controller.element.handOff!());
    const given = await this.#controller.model.view.within(answer, answerWithin, () => new Error('it did not answer'));
    const { href, protocol } = new URL(given, document.baseURI);
    if (!/^https?:$/.test(protocol)) throw new Error('its address is none of a page');
    const { encode } = await import('./qr.ts');
    this.code = encode(href);
    this.address = href;
  }

  /** Whoever asked for the code sees it, also where the panel is low. */
  async #bring(): Promise<void> {
    await this.#controller.element.updateComplete;
    this.#controller.find('.code')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  #set(state: HandOff['state']): void {
    this.#controller.set(() => (this.state = state));
  }
}
