import type { AutographMethod, Making, Signatory, Strokes } from '@tu-esign/contract';
import { nameOf } from '../view/name.ts';
import { InkKeeper } from './ink/ink-keeper.ts';
import { toStrokes, type Ink } from './ink/ink.ts';
import { drawInk, type PictureLimits } from './ink/picture.ts';
import { Initials, type InitialsDraft, type MadeInitials } from './initials.ts';
import { recall, remember } from './remembered-method.ts';
import { TypedAutograph, type TypedDraft } from './typed-autograph.ts';
import { UploadedAutograph, type UploadedDraft } from './uploaded-autograph.ts';
import { paintInk } from './ink/paint-ink.ts';
import { liveSketch, sketchOfLettering, sketchOfPicture } from './sketch.ts';
import type { Sketches } from '../view/sketch.ts';

/** What the signatory has made so far, in every way they tried. */
export interface AutographDraft {
  method: AutographMethod;
  ink?: Ink | undefined;
  typed: TypedDraft;
  uploaded: UploadedDraft | null;
  initials?: InitialsDraft;
}

/** An autograph as it is posted. */
export type MadeAutograph = { autograph: Blob } & ({ strokes: Strokes } | { making: Making }) & Partial<MadeInitials>;

/** The signatory's autograph: drawn, typed or uploaded, each kept while another way is tried. */
export class Autograph {
  readonly #changed: () => void;
  readonly #making: () => void;
  readonly ink: InkKeeper;
  readonly typed: TypedAutograph;
  readonly uploaded: UploadedAutograph;
  readonly initials: Initials;
  #methods: readonly AutographMethod[] = ['draw'];
  #offered: string | null = null;
  #method: AutographMethod = 'draw';
  #isChosen = false;
  isRemembered = false;
  /** The pad fills the screen. */
  isLarge = false;

  /**
   * @param changed called after each stroke and every other change; says whether the keyboard's pen is down
   * @param making called whenever the signatory has made more of it, in the middle of a stroke as well
   */
  constructor(changed: (penDown: boolean) => void, making: () => void) {
    this.#changed = () => changed(false);
    this.#making = making;
    this.ink = new InkKeeper(changed, making);
    this.typed = new TypedAutograph(this.#changed, making);
    this.uploaded = new UploadedAutograph(this.#changed, making);
    this.initials = new Initials(changed, making);
  }

  get methods(): readonly AutographMethod[] {
    return this.#methods;
  }

  get method(): AutographMethod {
    return this.#method;
  }

  /** Whether the signatory has gone to the pad, or chosen another way, in this visit. */
  get isBegun(): boolean {
    return this.#isChosen || this.ink.isEntered;
  }

  /** Whether it can be signed with, as it is. */
  get isMade(): boolean {
    if (this.#method === 'draw') return this.ink.isEnough;
    return !(this.#method === 'type' ? this.typed : this.uploaded).isEmpty;
  }

  /** What the document will show of it, as far as it is made; null where nothing is. */
  get sketches(): Sketches {
    return { signature: this.#sketch, initials: this.initials.sketch };
  }

  get #sketch(): Sketches['signature'] {
    if (this.#method === 'draw') return liveSketch(this.ink);
    if (this.#method === 'upload') return this.uploaded.ink && sketchOfPicture(this.uploaded.ink);
    const lettering = this.typed.letteringIn(this.typed.face);
    return lettering?.letters.some(({ path }) => path) ? sketchOfLettering(lettering) : null;
  }

  /** What the host takes, and who signs; cheap to call at every update. */
  offer(methods: readonly AutographMethod[], signatory: Signatory, initials: boolean): void {
    this.initials.offer(initials, signatory);
    const offered = methods.join();
    if (offered === this.#offered) return;
    this.#offered = offered;
    this.#methods = methods;
    this.typed.text ||= nameOf(signatory);
    const recalled = recall();
    this.isRemembered = recalled !== null;
    this.#enter(methods.find((method) => method === recalled) ?? methods[0]!);
    this.#changed();
  }

  choose(method: AutographMethod): void {
    this.#isChosen = true;
    this.#enter(method);
    if (this.isRemembered) remember(method);
    this.#changed();
    this.#making();
  }

  /** Lets the pad fill the screen, or takes it back. */
  enlarge(isLarge: boolean): void {
    if (this.isLarge === isLarge) return;
    this.isLarge = isLarge;
    this.ink.enter();
    this.#changed();
  }

  /** Keeps the way of signing for the next visit, or forgets it: as the signatory chooses. */
  keepMethod(kept: boolean): void {
    this.isRemembered = kept;
    remember(kept ? this.#method : null);
    this.#changed();
  }

  /** Puts a pad on the canvas that was rendered, and paints the uploaded ink on its preview. */
  attach(root: ParentNode): void {
    const stage = root.querySelector<HTMLDialogElement>('dialog.stage');
    if (stage && !stage.open) stage.showModal();
    this.ink.attach(root.querySelector<HTMLCanvasElement>('.pad:not(.small) canvas'));
    this.initials.ink.attach(root.querySelector<HTMLCanvasElement>('.pad.small canvas'));
    const preview = root.querySelector<HTMLCanvasElement>('canvas.uploaded');
    if (preview && this.uploaded.ink) paintInk(preview, this.uploaded.ink);
  }

  release(): void {
    this.ink.release();
    this.initials.ink.release();
  }

  get draft(): AutographDraft {
    return {
      method: this.#method,
      ink: this.ink.ink,
      typed: this.typed.draft,
      uploaded: this.uploaded.draft,
      ...(this.initials.isAsked && { initials: this.initials.draft }),
    };
  }

  /** Restores what `draft` returned in an earlier visit. */
  restore(draft: unknown): void {
    const { method, ink, typed, uploaded, initials } = draft as AutographDraft;
    if (initials) this.initials.restore(initials);
    if (ink) this.ink.restore(ink);
    this.typed.restore(typed);
    this.uploaded.restore(uploaded);
    if (this.#methods.includes(method)) this.#enter(method);
    this.#changed();
  }

  /** As it is posted; null where no picture fits into the limits. */
  async make(limits: PictureLimits): Promise<MadeAutograph | null> {
    const [autograph, initials] = [await this.#make(limits), await this.#makeInitials(limits)];
    return autograph && initials && { ...autograph, ...initials };
  }

  async #makeInitials(limits: PictureLimits): Promise<Partial<MadeInitials> | null> {
    return this.initials.isAsked ? this.initials.make(limits) : {};
  }

  async #make(limits: PictureLimits): Promise<MadeAutograph | null> {
    const { ink } = this.ink;
    if (this.#method === 'draw') {
      const autograph = await drawInk(ink!, limits);
      return autograph && { autograph, strokes: toStrokes(ink!) };
    }
    const made = this.#method === 'type' ? this.typed : this.uploaded;
    const autograph = await made.picture(limits);
    return autograph && { autograph, making: made.making };
  }

  #enter(method: AutographMethod): void {
    this.#method = this.initials.method = method;
    if (method === 'type') this.typed.load();
    if (method === 'type' && this.initials.isAsked) this.initials.typed.load();
    if (method === 'upload') this.uploaded.check();
  }
}
