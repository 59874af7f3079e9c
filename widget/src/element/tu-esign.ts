import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { BeforeSignHook } from '../host/hooks.ts';
import { VisitController } from './visit-controller.ts';
import { FocusMover } from './focus.ts';
import { frameView } from './frame-view.ts';
import type { HandOffHook } from '../host/hooks.ts';
import type { OwnMessages } from '../words/message-set.ts';
import { styles } from './styles.ts';

/**
 * Shows an agreement to its signatory and lets them sign it.
 *
 * @tagname tu-esign
 * @attr {string} service-url - Where the service is; the script's own origin when left out.
 * @attr {string} locale - es-MX, en or pt-BR; the token's or the browser's language when left out.
 * @attr {"auto" | "light" | "dark"} theme - Colours; those of the reader's system when left out.
 * @fires {TuEsignReadyEvent} tu-esign-ready - The first page is painted.
 * @fires {TuEsignProgressEvent} tu-esign-progress - The signing has reached another stage.
 * @fires {TuEsignSignedEvent} tu-esign-signed - The document is signed; carries links to its files.
 * @fires {TuEsignDeclinedEvent} tu-esign-declined - The signatory has declined.
 * @fires {TuEsignErrorEvent} tu-esign-error - Something went wrong, and the signatory is told so.
 * @fires {TuEsignActivityEvent} tu-esign-activity - The signatory is doing something; every ten seconds at most.
 * @fires {TuEsignTokenExpiringEvent} tu-esign-token-expiring - The token is about to be renewed.
 * @csspart frame - All of the element.
 * @csspart header - Who asks, and the document's name.
 * @csspart document - The document with its bar.
 * @csspart pages - The box in which the pages scroll.
 * @csspart panel - What is beside the document; on a phone a sheet below it.
 * @csspart pad - The autograph pad.
 * @csspart sign-button - The button that signs.
 * @csspart decline-button - The button that declines.
 * @csspart hand-off-button - The button that offers to go on with a phone.
 * @csspart problem - What went wrong.
 * @csspart download-button - The link to the signed document.
 * @csspart print-button - The button that prints it.
 * @csspart link - A link to a file.
 * @cssprop --tu-esign-accent - Colour of what can be pressed; where it is text, as dark or light as can be read.
 * @cssprop --tu-esign-accent-text - Colour of text upon the accent; white or black, as can be read, when left out.
 * @cssprop --tu-esign-surface - Ground of the element.
 * @cssprop --tu-esign-text - Colour of text.
 * @cssprop --tu-esign-radius - Roundness of corners.
 * @cssprop --tu-esign-font - Font family.
 * @cssprop --tu-esign-document-height - Height of the document's box and of the panel; as high as the window lets them be when left out.
 */
export class TuEsign extends LitElement {
  static override styles = styles;
  static override properties = {
    serviceUrl: { attribute: 'service-url' },
    locale: {},
    theme: { reflect: true },
    getToken: { attribute: false },
    beforeSign: { attribute: false },
    handOff: { attribute: false },
    messages: { attribute: false },
  };

  declare serviceUrl: string | undefined;
  declare locale: string | undefined;
  declare theme: 'auto' | 'light' | 'dark' | undefined;
  /** Gives the visit's token, each time it is called a fresh one. Nothing is loaded before it is set. */
  declare getToken: (() => Promise<string>) | undefined;
  /** Asked before the autograph is sent, for 30 seconds at most; false, a text for the signatory or an error refuses. */
  declare beforeSign: BeforeSignHook | undefined;
  /** Gives the address of the host's page at which the visit goes on, on a phone; shown as a QR code. Else none is offered. */
  declare handOff: HandOffHook | undefined;
  /** The host's own words, in place of the element's; set anew to change. The consent is never among them. */
  declare messages: OwnMessages | undefined;

  readonly #controller = new VisitController(this);
  readonly #focus = new FocusMover(this.#controller);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#controller.leave();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  /** Before anything is rendered, as there is much to be fetched meanwhile. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('serviceUrl') && this.#controller.running) this.#controller.end();
    this.#controller.begin();
  }

  protected override render(): TemplateResult {
    return frameView(this.#controller.model);
  }

  protected override updated(): void {
    if (!this.isConnected) return;
    this.#controller.update();
    this.#focus.follow();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tu-esign': TuEsign;
  }
}
