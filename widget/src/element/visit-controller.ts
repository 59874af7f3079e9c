import { scriptOrigin } from '../document/pdf/assets.ts';
import type { BeforeSignHook } from '../host/hooks.ts';
import type { Companion } from '../companion/companion.ts';
import { TuEsignActivityEvent, TuEsignReadyEvent, TuEsignTokenExpiringEvent } from '../host/events.ts';
import { chooseConsent, type ConsentText } from '../view/consent.ts';
import type { HandOffHook } from '../host/hooks.ts';
import { hasWords } from './frame-view.ts';
import { view } from '../view/view-tools.ts';
import type { OwnMessages } from '../words/message-set.ts';
import { chooseLocale } from '../words/load-messages.ts';
import type { Locale, Messages, Missing } from '../words/messages.ts';
import type { ElementModel } from './element-model.ts';
import type { Actions } from '../panel/panel-model.ts';
import type { Model } from '../view/model.ts';
import { LazyChunks } from './lazy-chunks.ts';
import type { ElementProblemType } from '../host/problem-type.ts';
import { initialSession, currentStage, type Session } from '../visit/session.ts';
import { startVisit, type RunningVisit } from './start-visit.ts';
import { emit } from './emit.ts';

/** The element, as far as the controller knows it. */
export interface HostElement extends HTMLElement {
  readonly renderRoot: DocumentFragment | HTMLElement;
  readonly updateComplete: Promise<boolean>;
  serviceUrl: string | undefined;
  locale: string | undefined;
  getToken: (() => Promise<string>) | undefined;
  beforeSign: BeforeSignHook | undefined;
  handOff: HandOffHook | undefined;
  messages: OwnMessages | undefined;
  requestUpdate(): void;
}

/** Words and panel wait for page 1, so that nothing is fetched beside it; but no longer than this, in milliseconds. */
const patience = 2_000;

/**
 * Runs the visit of one element: holds its state, the chunks that have come and what the signatory has filled in,
 * and makes of them the model that is rendered.
 */
export class VisitController {
  readonly element: HostElement;
  readonly chunks: LazyChunks;
  running: RunningVisit | null = null;
  session: Session = initialSession();
  consented = false;
  /** The host's consents that were ticked, by their ids. */
  readonly accepted = new Set<string>();
  #companion: Companion | null = null;
  #shown: Model['shown'] = 'nothing';
  #penDown = false;
  /** Pages that the signatory has viewed. */
  viewed: number[] = [];
  #impatient = false;
  #isSketching = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #placed = Promise.withResolvers<HTMLElement>();
  #actions: Actions | null = null;

  constructor(element: HostElement) {
    this.element = element;
    this.chunks = new LazyChunks({
      arrived: () => element.requestUpdate(),
      drawn: (penDown) => this.set(() => (this.#penDown = penDown)),
      making: () => this.#sketch(),
    });
  }

  /** Begins the visit, as soon as there are tokens for it. */
  begin(): void {
    if (this.element.getToken && !this.running) this.#start();
  }

  /**
   * Called after each update of the element: gives pages and pad their places in what was rendered, and the reader
   * the new model. Cheap to call again.
   */
  update(): void {
    const { element, chunks } = this;
    this.#timer ??= setTimeout(() => this.set(() => (this.#impatient = true)), patience);
    if (this.#wantsRest) chunks.load(this.locale, element.shadowRoot!);
    const scroller = this.find('.scroller');
    if (scroller) this.#placed.resolve(scroller);
    this.#attach();
    if (this.running && !this.#companion) this.#companion = chunks.panel?.accompany(this) ?? null;
    this.#companion?.notice();
    const { model } = this;
    if (hasWords(model)) {
      const { panel } = model;
      this.running?.reader.update({
        ...model,
        problemView: (...said) => panel.problemView(model, ...said),
        sketches: model.autograph.sketches,
        isSigning: model.autograph.isBegun,
        openPad: model.act.openPad,
      });
    }
  }

  /** Ends the visit and clears its state, so that another can begin; the ink stays. */
  end(): void {
    this.#companion?.end();
    this.#companion = null;
    this.running?.end();
    this.running = null;
    this.session = initialSession();
    this.#shown = 'nothing';
    this.#impatient = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  leave(): void {
    this.end();
    this.chunks.autograph?.release();
  }

  get model(): ElementModel {
    const { session, consented } = this;
    const { panel, autograph } = this.chunks;
    this.#actions ??= panel && panel.createActions(this);
    return {
      view,
      messages: this.#messages,
      panel,
      autograph,
      session,
      locale: this.locale,
      dir: this.element.dir,
      stage: currentStage(session),
      consent: this.consent,
      shown: this.#shown,
      viewed: this.viewed,
      missing: this.missing,
      consented,
      accepted: this.accepted,
      penDown: this.#penDown,
      act: this.#actions,
    };
  }

  get consent(): ConsentText | null {
    return this.session.request && chooseConsent(this.session.request, this.locale);
  }

  get locale(): Locale {
    const asked = this.session.request?.locale ?? this.running?.tokens.claims?.locale;
    return chooseLocale(this.element.locale, asked, globalThis.navigator?.language);
  }

  get missing(): Missing[] {
    const missing: Missing[] = [];
    const { request, reading } = this.session;
    if (reading.state !== 'complete') missing.push('document');
    else if (request?.policy.readAllPages && this.viewed.length < reading.pages) missing.push('pages');
    const { autograph } = this.chunks;
    if (!autograph?.isMade) missing.push('autograph');
    if (autograph?.initials.isAsked && !autograph.initials.isPlaced) missing.push('initials');
    if (!this.consented) missing.push('consent');
    if (request?.hostConsents.some(({ id, required }) => required && !this.accepted.has(id))) missing.push('consents');
    return missing;
  }

  find(selector: string): HTMLElement | null {
    return this.element.renderRoot.querySelector<HTMLElement>(selector);
  }

  tellActivity(): void {
    this.element.dispatchEvent(new TuEsignActivityEvent());
  }

  set(change: () => void): void {
    change();
    this.element.requestUpdate();
  }

  /** Once a frame: a pen tells of hundreds of points a second. */
  #sketch(): void {
    if (this.#isSketching) return;
    this.#isSketching = true;
    requestAnimationFrame(() => {
      this.#isSketching = false;
      this.running?.reader.sketch(this.chunks.autograph!.sketches);
    });
  }

  #attach(): void {
    const { chunks, session, element } = this;
    const { policy, signatory, places } = session.request ?? {};
    const hasInitials = places?.some(({ kind }) => kind === 'initials') ?? false;
    if (policy && signatory) chunks.autograph?.offer(policy.autographs, signatory, hasInitials);
    chunks.autograph?.attach(element.renderRoot);
  }

  /** The host's words wait for the panel, which puts them in. */
  get #messages(): Messages | null {
    const { messages, panel } = this.chunks;
    const own = this.element.messages;
    return own && messages ? panel && panel.withOwn(messages, own) : messages;
  }

  /** Words and panel: once page 1 is visible, or as soon as there is anything else to say. */
  get #wantsRest(): boolean {
    const { phase, problem, offline, reading } = this.session;
    const isOpening = phase === 'waiting' || phase === 'loading' || phase === 'reading';
    return this.#impatient || this.#shown !== 'nothing' || !isOpening || offline || !!(problem ?? reading.problem);
  }

  #start(): void {
    const { element } = this;
    const base = URL.parse(element.serviceUrl ?? scriptOrigin(), document.baseURI);
    if (!base?.protocol.startsWith('http')) return this.#refuse('service-address');
    this.running = startVisit({
      base,
      getToken: () => element.getToken!(),
      scroller: this.#placed.promise,
      sessionChanged: (session) => this.#learn(session),
      pagesViewed: (pages) => this.set(() => (this.viewed = pages)),
      shown: (what) => this.#show(what),
      expiring: (expiresAt) => element.dispatchEvent(new TuEsignTokenExpiringEvent(expiresAt)),
      emit: (emission) => void emit(element, emission, base),
    });
    this.running.visit.dispatch({ type: 'started' });
  }

  #learn(session: Session): void {
    const { request } = session;
    if (request && request !== this.session.request) this.running?.reader.expect(request);
    this.set(() => (this.session = session));
  }

  #refuse(problem: ElementProblemType): void {
    if (this.session.problem === problem) return;
    this.set(() => (this.session = { ...initialSession(), phase: 'stopped', problem }));
    void emit(this.element, { do: 'emit-error', problem }, new URL(document.baseURI));
  }

  #show(what: Model['shown']): void {
    this.set(() => (this.#shown = what));
    if (what === 'agreement') this.element.dispatchEvent(new TuEsignReadyEvent());
  }
}
