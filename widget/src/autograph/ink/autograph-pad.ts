import SignaturePad, { type SignatureEvent } from 'signature_pad';
import { emptyInk, fit, isEmpty, type Ink, type InkPoint, type InkStroke, type Pointer, type View } from './ink.ts';
import { draw, pen } from './ink-drawing.ts';
import { observePixels } from './observe-pixels.ts';
import { toElement } from './page-transform.ts';

export interface AutographPadOptions {
  canvas: HTMLCanvasElement;
  /** What the page lays out; the canvas follows its size when no stroke is under way. */
  frame: HTMLElement;
  /** Ink of an earlier pad. */
  ink?: Ink | undefined;
  /** Called after each stroke, undo and clear. */
  changed: () => void;
  /** Called for whatever is drawn, while the stroke is under way. */
  drawing?: (() => void) | undefined;
  /** Whether a finger draws; else it scrolls the page. */
  takesTouch?: (() => boolean) | undefined;
}

/**
 * An autograph pad over signature_pad: keeps every sample the browser took, corrects for transforms of the
 * host's page, and puts a change of size off until the stroke is over, as signature_pad does not survive a
 * redraw in mid-stroke.
 */
export class AutographPad {
  readonly #canvas: HTMLCanvasElement;
  readonly #frame: HTMLElement;
  readonly #changed: () => void;
  readonly #drawing: (() => void) | undefined;
  readonly #takesTouch: (() => boolean) | undefined;
  readonly #pad: SignaturePad;
  readonly #ending = new AbortController();
  #ink: Ink;
  #view: View = { scale: 1, dx: 0, dy: 0 };
  #ratio: number;
  #stroke: InkStroke | null = null;
  #resizeDue = false;
  #penSeen = false;

  constructor({ canvas, frame, ink, changed, drawing, takesTouch }: AutographPadOptions) {
    this.#canvas = canvas;
    this.#frame = frame;
    this.#changed = changed;
    this.#drawing = drawing;
    this.#takesTouch = takesTouch;
    this.#ink = ink ?? emptyInk(sizeOf(frame));
    this.#ratio = devicePixelRatio;
    this.#pad = new SignaturePad(canvas, { ...pen, throttle: 0, minDistance: 0 });
    // signature_pad takes every touch for its own; which ones are is said in the style sheet.
    canvas.style.touchAction = '';
    this.#listen();
    observePixels(frame, () => this.#resize(), this.#ending.signal);
    this.#resize();
  }

  get ink(): Ink {
    return this.#ink;
  }

  /** The stroke that is under way. */
  get stroke(): InkStroke | null {
    return this.#stroke;
  }

  get isEmpty(): boolean {
    return isEmpty(this.#ink);
  }

  /** Whether a stroke is under way. */
  get isDrawing(): boolean {
    return this.#stroke !== null;
  }

  undo(): void {
    this.#edit(() => this.#ink.strokes.pop());
  }

  clear(): void {
    this.#edit(() => (this.#ink = emptyInk(sizeOf(this.#canvas))));
    this.#penSeen = false;
  }

  /** Begins a stroke that is not drawn with a pointer; at pad coordinates, in CSS pixels. */
  begin(pointer: Pointer, at: { x: number; y: number }): void {
    if (this.#stroke) return;
    this.#adoptSize();
    this.#stroke = { pointer, points: [] };
    this.#ink.strokes.push(this.#stroke);
    this.extend(at);
  }

  extend(at: { x: number; y: number }): void {
    this.#stroke?.points.push({ ...this.#toInk(at), time: performance.now(), pressure: 0.5 });
    this.#draw();
    this.#drawing?.();
  }

  end(): void {
    if (!this.#stroke) return;
    this.#stroke = null;
    this.#settle();
  }

  /** Takes the pad off its canvas; an unfinished stroke is kept. */
  release(): Ink {
    this.#ending.abort();
    this.#pad.off();
    if (this.#stroke && this.#stroke.pointer !== 'keyboard') this.#keep(this.#stroke);
    this.#stroke = null;
    return this.#ink;
  }

  #listen(): void {
    const on = (type: string, listener: (event: CustomEvent<SignatureEvent>) => void) =>
      this.#pad.addEventListener(type, listener as EventListener);
    on('beginStroke', (event) => this.#beginStroke(event));
    on('beforeUpdateStroke', ({ detail }) => this.#place(detail));
    on('afterUpdateStroke', ({ detail }) => this.#record(detail));
    on('endStroke', () => this.#endStroke());
  }

  #beginStroke(event: CustomEvent<SignatureEvent>): void {
    const source = event.detail.event;
    if (this.#stroke || this.#isPalm(source) || this.#isPassing(source)) return event.preventDefault();
    this.#adoptSize();
    this.#stroke = { pointer: pointerOf(source), points: [] };
    // signature_pad does not capture the pointer: a pen lifted over an iframe of the host's page would never end its
    // stroke.
    if (isPointer(source) && source.isTrusted) this.#canvas.setPointerCapture(source.pointerId);
  }

  /** Once a pen has drawn, every touch is taken for the hand that holds it; so is a contact wider than a finger. */
  #isPalm(event: Event): boolean {
    if (!isPointer(event)) return false;
    this.#penSeen ||= event.pointerType === 'pen';
    const isWide = Math.max(event.width, event.height) > widestFinger;
    return !event.isPrimary || (event.pointerType === 'touch' && (this.#penSeen || isWide));
  }

  /** A finger on a pad that nobody has entered yet: it scrolls. */
  #isPassing(event: Event): boolean {
    return pointerOf(event) === 'touch' && this.#takesTouch?.() === false;
  }

  /** signature_pad knows the canvas's place only: tell it where in the ink the pointer is. */
  #place(detail: SignatureEvent): void {
    const { left, top } = this.#canvas.getBoundingClientRect();
    const { x, y } = this.#toInk(toElement(this.#canvas, detail));
    detail.x = left + x;
    detail.y = top + y;
  }

  #record({ event, pressure }: SignatureEvent): void {
    this.#stroke?.points.push(...this.#samplesOf(event, pressure));
    this.#drawing?.();
  }

  #samplesOf(event: SignatureEvent['event'], pressure: number): InkPoint[] {
    if (!isPointer(event)) return [this.#sample(firstTouch(event), event.timeStamp, pressure)];
    // Browsers have getCoalescedEvents in secure contexts only, and for some events it returns an empty list.
    const all = event.getCoalescedEvents?.() ?? [];
    const events = all.length > 0 ? all : [event];
    return events.map((one) => this.#sample({ x: one.clientX, y: one.clientY }, one.timeStamp, one.pressure));
  }

  #sample(at: { x: number; y: number }, time: number, pressure: number): InkPoint {
    return { ...this.#toInk(toElement(this.#canvas, at)), time, pressure };
  }

  #endStroke(): void {
    const stroke = this.#stroke;
    this.#stroke = null;
    if (stroke) this.#keep(stroke);
    this.#settle();
  }

  #keep(stroke: InkStroke): void {
    if (stroke.points.length > 0) this.#ink.strokes.push(stroke);
  }

  #settle(): void {
    if (this.#resizeDue) this.#resize();
    else this.#draw();
    this.#changed();
  }

  #edit(change: () => void): void {
    if (this.#stroke) return;
    change();
    this.#settle();
  }

  #adoptSize(): void {
    if (!this.isEmpty) return;
    this.#ink = emptyInk(sizeOf(this.#canvas));
    this.#view = fit(this.#ink, this.#ink);
  }

  #resize(): void {
    this.#resizeDue = this.#stroke !== null;
    if (this.#resizeDue) return;
    const { width, height } = sizeOf(this.#frame);
    if (width === 0 || height === 0) return;
    // Pinned, so that a stroke under way is never stretched by the page's layout.
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#ratio = devicePixelRatio;
    this.#canvas.width = Math.round(width * this.#ratio);
    this.#canvas.height = Math.round(height * this.#ratio);
    this.#adoptSize();
    this.#view = fit(this.#ink, sizeOf(this.#canvas));
    this.#draw();
  }

  #draw(): void {
    draw(this.#pad, this.#ink, { view: this.#view, ratio: this.#ratio }, this.#canvas);
  }

  #toInk({ x, y }: { x: number; y: number }): { x: number; y: number } {
    const { scale, dx, dy } = this.#view;
    return { x: (x - dx) / scale, y: (y - dy) / scale };
  }
}

/** CSS pixels of contact: fingers measure up to 45 or so. */
const widestFinger = 70;

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({ width: clientWidth, height: clientHeight });

const isPointer = (event: Event): event is PointerEvent => 'pointerType' in event;

function pointerOf(event: Event): Pointer {
  if (!isPointer(event)) return 'touches' in event ? 'touch' : 'mouse';
  return event.pointerType === 'pen' || event.pointerType === 'touch' ? event.pointerType : 'mouse';
}

function firstTouch(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const source = 'changedTouches' in event ? event.changedTouches[0]! : event;
  return { x: source.clientX, y: source.clientY };
}
