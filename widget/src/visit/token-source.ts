import { ElementProblem } from '../host/element-problem.ts';
import { readClaims, type Claims } from './token.ts';
import { within } from './within.ts';

const warning = 60_000;
const tooOld = 20_000;
const leastWait = 5_000;
const answerWithin = 15_000;

export interface TokenSourceOptions {
  /** The host's function, asked anew for each token. */
  getToken: () => Promise<string>;
  /** Called when the token has a minute left, just before it is renewed. */
  expiring: (expiresAt: Date) => void;
  /** How long the host may take for an answer, in milliseconds. */
  answerWithin?: number;
}

/** Keeps the visit's token in memory, and renews it before it expires. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #token: { text: string; claims: Claims } | null = null;
  #renewal: Promise<string> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  get claims(): Claims | null {
    return this.#token?.claims ?? null;
  }

  /**
   * A token that is good for some seconds more.
   * @throws ElementProblem token-source, token-timeout, token-malformed
   */
  current(): Promise<string> {
    const token = this.#renewal ? null : this.#token;
    return token && lifeLeft(token.claims) > tooOld ? Promise.resolve(token.text) : this.renew();
  }

  /** Asks the host for another token; calls at the same time share one answer. */
  renew(): Promise<string> {
    this.#renewal ??= this.#ask().finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<string> {
    const text = await this.#fromHost();
    const claims = readClaims(text);
    const longer = claims.exp > (this.#token?.claims.exp ?? 0);
    this.#token = { text, claims };
    if (longer) this.#watch(claims);
    return text;
  }

  async #fromHost(): Promise<string> {
    try {
      // A host's function may return the token itself rather than a promise.
      const token = Promise.resolve(this.#options.getToken());
      return await within(token, this.#options.answerWithin ?? answerWithin, tooLate);
    } catch (cause) {
      throw cause instanceof ElementProblem ? cause : new ElementProblem('token-source', { cause });
    }
  }

  #watch(claims: Claims): void {
    clearTimeout(this.#timer);
    const left = lifeLeft(claims);
    if (left <= 0) return;
    // A host whose tokens live no longer than the warning is not asked in a busy loop.
    this.#timer = setTimeout(() => this.#expire(claims), Math.max(left - warning, Math.min(left / 2, leastWait)));
  }

  #expire(claims: Claims): void {
    this.#options.expiring(new Date(claims.exp * 1000));
    // A failure here costs nothing yet: the next call asks again and tells.
    this.renew().catch(() => {});
  }
}

const tooLate = () => new ElementProblem('token-timeout');

const lifeLeft = (claims: Claims): number => claims.exp * 1000 - Date.now();
