import type { Sketch } from '../../view/sketch.ts';
import type { PagePlace } from '../pdf/pdf-document.ts';
import type { PageView } from './page-view.ts';
import type { ShownPlace } from './places.ts';

/** What is written at a place. */
export interface PlaceWords {
  /** Before there is anything to be seen there. */
  empty: string;
  /** Above what is to be seen there. */
  inked: string;
}

/** A place of the signatory's upon its page: says what goes there, and shows it as far as it is made. */
export class PlaceMark {
  readonly place: ShownPlace;
  readonly element = document.createElement('button');
  readonly #view: PageView;
  readonly #text = document.createElement('span');
  readonly #canvas = document.createElement('canvas');
  #words: PlaceWords = { empty: '', inked: '' };
  #sketch: Sketch | null = null;

  constructor(view: PageView, place: ShownPlace, pressed: () => void) {
    this.place = place;
    const { element } = this;
    element.type = 'button';
    element.className = 'place';
    element.dataset.kind = place.kind;
    // What is said above it stays on the page.
    element.classList.toggle('right', place.box.x > 0.4);
    element.append(this.#text);
    element.addEventListener('click', pressed);
    this.#canvas.className = 'sketch';
    this.#canvas.setAttribute('aria-hidden', 'true');
    lay(element, place.box);
    lay(this.#canvas, place.ink);
    this.#view = view;
    view.keep(element);
  }

  say(words: PlaceWords): void {
    this.#words = words;
    const text = this.#sketch ? words.inked : words.empty;
    this.#text.textContent = text;
    // Where nothing is written, what goes there is its name still.
    this.element.ariaLabel = text ? null : words.empty;
  }

  /** Takes what is made so far; painted once it is asked for. */
  show(sketch: Sketch | null): void {
    if (!sketch && !this.#sketch) return;
    this.#sketch = sketch;
    this.element.classList.toggle('inked', sketch !== null);
    this.say(this.#words);
    if (sketch) this.#view.keep(this.#canvas);
    else this.#view.drop(this.#canvas);
  }

  /** Paints what is made in its final size and proportions; also to be called when the page has another size. */
  repaint(): void {
    const canvas = this.#canvas;
    const { width, height } = canvas.getBoundingClientRect();
    const ratio = devicePixelRatio;
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
    if (this.#sketch && canvas.width > 0) paint(canvas, this.#sketch);
  }
}

/** As large as it fits, in the middle and upon the lower edge: as the service draws it into the signed document. */
function paint(canvas: HTMLCanvasElement, sketch: Sketch): void {
  const context = canvas.getContext('2d')!;
  const scale = Math.min(canvas.width / sketch.width, canvas.height / sketch.height);
  context.setTransform(
    scale,
    0,
    0,
    scale,
    (canvas.width - sketch.width * scale) / 2,
    canvas.height - sketch.height * scale,
  );
  sketch.paint(context);
}

/** Puts something where a place is, however large the page is shown. */
export function lay({ style }: HTMLElement, place: Omit<PagePlace, 'page'>): void {
  style.left = percent(place.x);
  style.top = percent(place.y);
  style.width = percent(place.width);
  style.height = percent(place.height);
}

const percent = (part: number): string => `${(100 * part).toFixed(3)}%`;
