import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { scriptOrigin } from './assets.ts';
import { ElementProblem } from './element-problem.ts';
import { TuEsignErrorEvent, TuEsignReadyEvent, TuEsignTokenExpiringEvent } from './events.ts';
import { chooseConsent, type ConsentText } from './consent.ts';
import { emptyView, frameView } from './frame-view.ts';
import { kit } from './kit.ts';
import { chooseLocale, type Locale, type Missing } from './messages.ts';
import type { Actions, Model } from './model.ts';
import { Parts } from './parts.ts';
import type { ElementProblemType } from './problem-type.ts';
import { begin, currentStage, type Session } from './session.ts';
import type { Submission } from './service-client.ts';
import { startVisit, type RunningVisit } from './start-visit.ts';
import { styles } from './styles.ts';
import { toEvent } from './telling.ts';

/**
 * Shows an agreement to its signatory and lets them sign it.
 *
 * @tagname tu-esign
 * @attr {string} service-url - Where the service is; the script's own origin when left out.
 * @attr {string} locale - es-MX or en; the token's or the browser's language when left out.
 * @attr {"auto" | "light" | "dark"} theme - Colours; those of the reader's system when left out.
 * @fires {TuEsignReadyEvent} tu-esign-ready - The first page is painted.
 * @fires {TuEsignProgressEvent} tu-esign-progress - The signing has reached another stage.
 * @fires {TuEsignSignedEvent} tu-esign-signed - The document is signed; carries links to its files.
 * @fires {TuEsignDeclinedEvent} tu-esign-declined - The signatory has declined.
 * @fires {TuEsignErrorEvent} tu-esign-error - Something went wrong, and the signatory is told so.
 * @fires {TuEsignTokenExpiringEvent} tu-esign-token-expiring - The token is about to be renewed.
 * @csspart frame - All of the element.
 * @csspart header - Who asks, and the document's name.
 * @csspart document - The document with its bar.
 * @csspart pages - The box in which the pages scroll.
 * @csspart panel - What is beside or below the document.
 * @csspart pad - The autograph pad.
 * @csspart sign-button - The button that signs.
 * @csspart decline-button - The button that declines.
 * @csspart problem - What went wrong.
 * @csspart link - A link to a file.
 * @cssprop --tu-esign-accent - Colour of what can be pressed.
 * @cssprop --tu-esign-accent-text - Colour of text upon the accent.
 * @cssprop --tu-esign-surface - Ground of the element.
 * @cssprop --tu-esign-text - Colour of text.
 * @cssprop --tu-esign-radius - Roundness of corners.
 * @cssprop --tu-esign-font - Font family.
 * @cssprop --tu-esign-document-height - Height of the document's box; beside a taller panel it grows with it.
 */
export class TuEsign extends LitElement {
  static override styles = styles;
  static override properties = {
    serviceUrl: { attribute: 'service-url' },
    locale: {},
    theme: { reflect: true },
    getToken: { attribute: false },
  };

  declare serviceUrl: string | undefined;
  declare locale: string | undefined;
  declare theme: 'auto' | 'light' | 'dark' | undefined;
  /** Gives the visit's token, each time it is called a fresh one. Nothing is loaded before it is set. */
  declare getToken: (() => Promise<string>) | undefined;

  #running: RunningVisit | null = null;
  #session: Session = begin();
  #shown: Model['shown'] = 'nothing';
  #consented = false;
  #penDown = false;
  #lastPhase = this.#session.phase;
  readonly #placed = Promise.withResolvers<HTMLElement>();
  readonly #parts = new Parts({
    arrived: () => this.requestUpdate(),
    drawn: (penDown) => this.#set(() => (this.#penDown = penDown)),
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
    this.#parts.ink?.release();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const model = this.#model();
    return model ? frameView(model) : emptyView();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('serviceUrl') && this.#running) this.#end();
    if (this.getToken && !this.#running) this.#start();
    this.#parts.load(this.#locale, this.shadowRoot!);
    const scroller = this.renderRoot.querySelector<HTMLElement>('.scroller');
    if (scroller) this.#placed.resolve(scroller);
    this.#parts.ink?.attach(this.renderRoot.querySelector('.pad canvas'));
    this.#moveFocus();
    const model = this.#model();
    if (model) this.#running?.reader.update(model);
  }

  /** Null until the element has words. */
  #model(): Model | null {
    const { messages, panel } = this.#parts;
    return (
      messages && {
        kit,
        messages,
        panel,
        session: this.#session,
        locale: this.#locale,
        stage: currentStage(this.#session),
        consent: this.#consent,
        shown: this.#shown,
        missing: this.#missing(),
        consented: this.#consented,
        penDown: this.#penDown,
        hasInk: this.#hasInk,
        act: this.#actions,
      }
    );
  }

  get #hasInk(): boolean {
    return this.#parts.ink?.isEmpty === false;
  }

  get #consent(): ConsentText | null {
    return this.#session.request && chooseConsent(this.#session.request, this.#locale);
  }

  get #locale(): Locale {
    const asked = this.#session.request?.locale ?? this.#running?.tokens.claims?.locale;
    return chooseLocale(this.locale, asked, globalThis.navigator?.language);
  }

  #missing(): Missing[] {
    const missing: Missing[] = [];
    if (this.#session.reading.state !== 'complete') missing.push('document');
    if (!this.#hasInk) missing.push('autograph');
    if (!this.#consented) missing.push('consent');
    return missing;
  }

  readonly #actions: Actions = {
    undo: () => this.#parts.ink?.undo(),
    clear: () => this.#parts.ink?.clear(),
    consent: (given) => this.#set(() => (this.#consented = given)),
    sign: () => this.#sign(),
    askDecline: () => this.#dialog?.showModal(),
    cancelDecline: () => this.#dialog?.close(),
    decline: (reason) => {
      this.#dialog?.close();
      this.#running?.visit.happen({ type: 'decline', reason: reason.trim() || undefined });
    },
    retry: () => this.#running?.visit.happen({ type: 'retry' }),
    open: (event) => void this.#open(event),
  };

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  #start(): void {
    const base = URL.parse(this.serviceUrl ?? scriptOrigin(), document.baseURI);
    if (!base?.protocol.startsWith('http')) return this.#refuse('service-address');
    this.#running = startVisit({
      base,
      getToken: () => this.getToken!(),
      scroller: this.#placed.promise,
      sessionChanged: (session) => this.#set(() => (this.#session = session)),
      shown: (what) => this.#show(what),
      expiring: (expiresAt) => this.dispatchEvent(new TuEsignTokenExpiringEvent(expiresAt)),
      tell: (telling) => this.dispatchEvent(toEvent(telling)),
    });
    this.#running.visit.happen({ type: 'started' });
  }

  #end(): void {
    this.#running?.end();
    this.#running = null;
    this.#session = begin();
    this.#shown = 'nothing';
  }

  #refuse(problem: ElementProblemType): void {
    if (this.#session.problem === problem) return;
    this.#set(() => (this.#session = { ...begin(), phase: 'stopped', problem }));
    this.dispatchEvent(new TuEsignErrorEvent(problem, false));
  }

  #sign(): void {
    const [missing] = this.#missing();
    if (missing) this.#pointTo(missing);
    else this.#running!.visit.sign(this.#createSubmission());
  }

  async #createSubmission(): Promise<Submission> {
    const { panel, ink } = this.#parts;
    const { locale, digest } = this.#consent!;
    const picture = await panel!.pictureOf(ink!.ink!, this.#session.request!.limits);
    if (!picture) throw new ElementProblem('autograph-unreadable');
    return { ...picture, consent: { locale, digest } };
  }

  /** Leads to what is missing, as the button itself cannot be used yet. */
  #pointTo(missing: Missing): void {
    const places = { document: '.scroller', autograph: '.pad canvas', consent: '.consent input' };
    this.#focus(places[missing]);
  }

  async #open(event: Event): Promise<void> {
    const link = event.currentTarget as HTMLAnchorElement;
    const { visit } = this.#running!;
    if (!visit.linksAreStale) return;
    event.preventDefault();
    await visit.freshenLinks();
    await this.updateComplete;
    if (!visit.linksAreStale) link.click();
  }

  #show(what: Model['shown']): void {
    this.#set(() => (this.#shown = what));
    if (what === 'agreement') this.dispatchEvent(new TuEsignReadyEvent());
  }

  /** The button that had the focus is gone when a phase is: what took its place is read out instead. */
  #moveFocus(): void {
    const { phase } = this.#session;
    if (phase === this.#lastPhase) return;
    const acted = this.#lastPhase === 'reading' || this.#lastPhase === 'sending' || this.#lastPhase === 'following';
    this.#lastPhase = phase;
    if (acted) this.#focus(phase === 'reading' ? '[part=sign-button]' : '#progress, #outcome');
  }

  #focus(selector: string): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  #set(change: () => void): void {
    change();
    this.requestUpdate();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tu-esign': TuEsign;
  }
}
