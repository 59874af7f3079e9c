import type { SigningView } from '@tu-esign/contract';
import { typeOf } from './element-problem.ts';
import { advance, begin, type Effect, type Happening, type Session, type Task } from './session.ts';
import { readLink, type ServiceClient, type Submission } from './service-client.ts';
import type { TokenSource } from './token-source.ts';

const pollEvery = 1_000;
const linkNearlyOver = 10_000;
const final = new Set(['completed', 'failed', 'declined']);

export type Telling = Extract<Effect, { do: 'tell' }>;

export interface VisitOptions {
  client: ServiceClient;
  tokens: TokenSource;
  signal: AbortSignal;
  /** Shows the agreement and checks each page; throws ElementProblem. */
  openDocument: () => Promise<void>;
  /** Shows the signed document. */
  showSigned: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  changed: (session: Session) => void;
  tell: (telling: Telling) => void;
}

/** One visit of a signatory: carries out what the session decides until the signal aborts. */
export class Visit {
  readonly #options: VisitOptions;
  #session = begin();
  #submission: Promise<Submission> | null = null;

  constructor(options: VisitOptions) {
    this.#options = options;
  }

  get session(): Session {
    return this.#session;
  }

  happen(happening: Happening): void {
    if (this.#options.signal.aborted) return;
    const { session, effects } = advance(this.#session, happening);
    this.#session = session;
    this.#options.changed(session);
    for (const effect of effects) this.#carryOut(effect);
  }

  /** The same submission is sent again after a lost answer, so that the service knows it for the same. */
  sign(submission: Promise<Submission>): void {
    this.#submission = submission;
    // Told by the effect that waits for it.
    submission.catch(() => {});
    this.happen({ type: 'sign' });
  }

  /** Whether a link is over, or so nearly that it may be over when it is used. */
  get linksAreStale(): boolean {
    const { signing } = this.#session;
    return (
      signing !== null && linksOf(signing).some((link) => Date.parse(link.expiresAt) - Date.now() < linkNearlyOver)
    );
  }

  async freshenLinks(): Promise<void> {
    try {
      const signing = await this.#options.client.readSigning(this.#session.signing!.id);
      this.happen({ type: 'signing', signing });
    } catch (error) {
      this.#fail(error, 'ask');
    }
  }

  #carryOut(effect: Effect): void {
    if (effect.do === 'tell') return this.#options.tell(effect);
    if (effect.do === 'later') return this.#later(effect.ms, effect.next);
    const during = tasks[effect.do];
    this.#run(effect).catch((error: unknown) => this.#fail(error, during));
  }

  #fail(error: unknown, during: Task): void {
    if (this.#options.signal.aborted) return;
    const problem = typeOf(error);
    if (problem === 'internal') reportError(error);
    this.happen({ type: 'problem', problem, during });
  }

  async #run(effect: Exclude<Effect, { do: 'tell' | 'later' }>): Promise<void> {
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
        return this.happen({ type: 'signing', signing: await client.sign(await this.#submission!) });
      case 'decline':
        return this.happen({ type: 'signing', signing: await client.decline(effect.reason) });
      case 'follow':
        return this.#follow(effect.id);
    }
  }

  async #ask(): Promise<void> {
    this.happen({ type: 'request', request: await this.#options.client.readRequest() });
  }

  async #showSigned(): Promise<void> {
    if (this.linksAreStale) await this.freshenLinks();
    const href = this.#session.signing?.outputs.document.link?.href;
    if (href) await this.#options.showSigned(await readLink(href, this.#options.signal));
  }

  async #follow(id: string): Promise<void> {
    await this.#followEvents(id);
    // Once the document is signed, nobody has to wait: what comes after the stream, the next visit tells.
    while (this.#session.phase === 'following' && !this.#options.signal.aborted) {
      await pause(pollEvery);
      this.happen({ type: 'signing', signing: await this.#options.client.readSigning(id) });
    }
  }

  // Whatever ends the stream, polling goes on where it stopped, and reports what is really wrong.
  async #followEvents(id: string): Promise<void> {
    try {
      for await (const signing of this.#options.client.follow(id)) {
        this.happen({ type: 'signing', signing });
        if (final.has(signing.status)) return;
      }
    } catch {
      return;
    }
  }

  #later(ms: number, effect: Effect): void {
    const { signal } = this.#options;
    const due = new AbortController();
    const go = () => {
      due.abort();
      this.#carryOut(effect);
    };
    const timer = setTimeout(go, ms);
    addEventListener('online', go, { signal: due.signal });
    due.signal.addEventListener('abort', () => clearTimeout(timer));
    signal.addEventListener('abort', () => due.abort(), { signal: due.signal });
  }
}

const tasks = {
  ask: 'ask',
  renew: 'ask',
  'open-document': 'document',
  'show-signed': 'signed-document',
  sign: 'sign',
  decline: 'decline',
  follow: 'follow',
} as const satisfies Record<string, Task>;

const linksOf = ({ outputs, evidence }: SigningView) =>
  [evidence, ...Object.values(outputs).map((output) => output.link)].filter((link) => link !== undefined);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
