import type { Autograph } from '../autograph/autograph.ts';
import { loadMessages } from '../words/load-messages.ts';
import type { Locale, Messages } from '../words/messages.ts';
import type { Panel } from '../panel/panel.ts';
import { retryLoading } from './retry-loading.ts';

export interface LazyChunksOptions {
  /** Called whenever a part has come. */
  arrived: () => void;
  /** Called after each stroke, and each other change of the autograph. */
  drawn: (penDown: boolean) => void;
  /** Called whenever the signatory has made more of the autograph, in the middle of a stroke as well. */
  making: () => void;
}

/** What comes after the document's first page: the words of one language, and the panel with the autograph. */
export class LazyChunks {
  readonly #options: LazyChunksOptions;
  messages: Messages | null = null;
  panel: Panel | null = null;
  autograph: Autograph | null = null;
  #locale: Locale | null = null;
  #panelAsked = false;

  constructor(options: LazyChunksOptions) {
    this.#options = options;
  }

  /** Asks for what is not there yet; cheap to call at every update. */
  load(locale: Locale, root: ShadowRoot): void {
    if (this.#locale !== locale) this.#speak(locale).catch(reportError);
    if (!this.#panelAsked) this.#loadPanel(root).catch(reportError);
  }

  async #speak(locale: Locale): Promise<void> {
    this.#locale = locale;
    const messages = await retryLoading(() => loadMessages(locale));
    if (this.#locale !== locale) return;
    this.messages = messages;
    this.#options.arrived();
  }

  async #loadPanel(root: ShadowRoot): Promise<void> {
    this.#panelAsked = true;
    const { panel } = await retryLoading(() => import('../panel/panel.ts'));
    root.adoptedStyleSheets.push(panel.sheet);
    // Needed only when the signatory signs, but fetched now: the connection may be gone by then.
    import('../visit/acts.ts').catch(() => {});
    this.panel = panel;
    this.autograph = panel.createAutograph(this.#options.drawn, this.#options.making);
    this.#options.arrived();
  }
}
