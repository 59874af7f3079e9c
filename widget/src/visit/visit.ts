import { advance } from './advance.ts';
import { knownOf, typeOf } from '../host/element-problem.ts';
import { later } from './later.ts';
import { areStale } from './links.ts';
import { initialSession, type Effect, type Emission, type VisitEvent, type Session, type Task } from './session.ts';
import type { Submission } from './acts.ts';
import { readLink, type ServiceClient } from './service-client.ts';
import type { TokenSource } from './token-source.ts';

export interface VisitOptions {
  client: ServiceClient;
  tokens: TokenSource;
  signal: AbortSignal;
  /** Shows the agreement and checks each page; throws ElementProblem. */
  openDocument: () => Promise<void>;
  /** Shows the signed document. */
  showSigned: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  changed: (session: Session) => void;
  emit: (emission: Emission) => void;
}

/** One visit of a signatory: carries out what the session decides until the signal aborts. */
export class Visit {
  readonly #options: VisitOptions;
  #session = initialSession();
  #submission: Promise<Submission> | null = null;
  /** The signed document, once it was fetched: to be printed. */
  signed: Blob | null = null;

  constructor(options: VisitOptions) {
    this.#options = options;
    const { signal } = options;
    for (const line of ['online', 'offline'])
      addEventListener(line, () => this.dispatch({ type: 'line', up: line === 'online' }), { signal });
  }

  get session(): Session {
    return this.#session;
  }

  dispatch(event: VisitEvent): void {
    if (this.#options.signal.aborted) return;
    const { session, effects } = advance(this.#session, event);
    this.#session = session;
    this.#options.changed(session);
    for (const effect of effects) this.#carryOut(effect);
  }

  /** The same submission is sent again after a lost answer, so that the service knows it for the same. */
  sign(submission: Promise<Submission>): void {
    this.#submission = submission;
    // The effect that waits for it reports its failure; without this, the browser would report it as well.
    submission.catch(() => {});
    this.dispatch({ type: 'sign' });
  }

  get linksAreStale(): boolean {
    return areStale(this.#session.signing);
  }

  async freshenLinks(): Promise<void> {
    try {
      const signing = await this.#options.client.readSigning(this.#session.signing!.id);
      this.dispatch({ type: 'signing', signing });
    } catch (error) {
      this.#fail(error, 'ask');
    }
  }

  #carryOut(effect: Effect): void {
    if (isEmission(effect)) return this.#options.emit(effect);
    if (effect.do === 'later') return later(effect.ms, this.#options.signal, () => this.#carryOut(effect.next));
    const during = tasks[effect.do];
    this.#run(effect).catch((error: unknown) => this.#fail(error, during));
  }

  #fail(error: unknown, during: Task): void {
    if (this.#options.signal.aborted) return;
    const problem = typeOf(error);
    if (problem === 'internal') reportError(error);
    this.dispatch({ type: 'problem', problem, during, ...knownOf(error) });
  }

  async #run(effect: Exclude<Effect, Emission | { do: 'later' }>): Promise<void> {
    const { client, tokens, openDocument } = this.#options;
    switch (effect.do) {
      case 'renew':
        await tokens.renew();
        return this.#ask();
      case 'ask':
        return this.#ask();
      case 'open-document':
        return openDocument();
      case 'show-signed':
        return this.#showSigned();
      case 'sign':
        return this.dispatch({ type: 'signing', signing: await client.sign(await this.#submission!) });
      case 'decline':
        return this.dispatch({ type: 'signing', signing: await client.decline(effect.reason) });
      case 'follow':
        return this.#follow(effect.id);
    }
  }

  async #ask(): Promise<void> {
    this.dispatch({ type: 'request', request: await this.#options.client.readRequest() });
  }

  async #showSigned(): Promise<void> {
    if (this.linksAreStale) await this.freshenLinks();
    const href = this.#session.signing?.outputs.document.link?.href;
    if (!href) return;
    const bytes = await readLink(href, this.#options.signal);
    // A copy, as the bytes themselves are transferred to the worker when they are shown.
    this.signed = new Blob([bytes], { type: 'application/pdf' });
    await this.#options.showSigned(bytes);
  }

  async #follow(id: string): Promise<void> {
    const isSigned = () => this.#session.phase === 'done';
    const { client } = this.#options;
    for await (const signing of client.follow(id, isSigned)) this.dispatch({ type: 'signing', signing });
  }
}

const isEmission = (effect: Effect): effect is Emission => effect.do.startsWith('emit-');

const tasks = {
  ask: 'ask',
  renew: 'ask',
  'open-document': 'document',
  'show-signed': 'signed-document',
  sign: 'sign',
  decline: 'decline',
  follow: 'follow',
} as const satisfies Record<string, Task>;
