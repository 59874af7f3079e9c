import type { TuEsign } from '../src/element/tu-esign.ts';
import '../src/define.ts';
import type { FakeClaims } from './fake-service.ts';

const digests: string[] = await (await fetch('/fake/digests')).json();

/**
 * The fake service's documents: two pages, two that need a character map which is not there, forty, four of
 * different shapes, two hundred, one with a password, two compressed by Brotli, the latter under a name in disguise,
 * and pictures: in JPEG 2000, in JBIG2, in JBIG2 as a stencil, and such a stencil that is damaged.
 */
export const [
  twoPages,
  notWhole,
  fortyPages,
  mixedPages,
  manyPages,
  locked,
  brotli,
  disguised,
  jpx,
  jbig2,
  stencil,
  damaged,
] = digests as [string, string, string, string, string, string, string, string, string, string, string, string];

/** Claims of a fresh signing request, good for five minutes. */
export const createClaims = (claims: Partial<FakeClaims> = {}): FakeClaims => ({
  identifier: crypto.randomUUID(),
  exp: Date.now() / 1000 + 300,
  locale: 'es-MX',
  document: { digest: twoPages },
  ...claims,
});

export function mint(claims: FakeClaims): string {
  const payload = btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return `header.${payload}.signature`;
}

export interface MountOptions {
  claims?: Partial<FakeClaims>;
  getToken?: () => Promise<string>;
  theme?: 'light' | 'dark';
  /** What shows that the form is there. */
  autograph?: string;
  serviceUrl?: string;
  /** The document it is put into. */
  page?: Document;
}

/** An element in the page; its signing request is fresh unless the claims say otherwise. */
export function mount({ claims, getToken, theme, serviceUrl, page = document }: MountOptions = {}): TuEsign {
  const element = page.createElement('tu-esign');
  const full = createClaims(claims);
  element.serviceUrl = serviceUrl ?? location.origin;
  element.theme = theme;
  element.getToken = getToken ?? (() => Promise.resolve(mint(full)));
  page.body.append(element);
  return element;
}

/** For so long nothing may move in the page before what is waited for is given up, in milliseconds. */
const patience = 120_000;
/** A look that comes later than this came late because the machine is busy: then the element is slow too. */
const mostAtOnce = 1_000;
// Not what a test makes of it.
const realTimeout = globalThis.setTimeout;
const realPause = (ms: number) => new Promise<void>((resolve) => realTimeout(resolve, ms));

/** What changes while a page loads and an element works: whatever does is progress. */
const progress = (): string => {
  const shown = [...document.querySelectorAll('tu-esign')].map((element) => element.shadowRoot?.innerHTML);
  return [performance.getEntriesByType('resource').length, ...shown].join();
};

/** The next event of a name, or a refusal where nothing moves any more. */
export function heard<T extends keyof HTMLElementEventMap>(element: TuEsign, name: T): Promise<HTMLElementEventMap[T]> {
  let event: HTMLElementEventMap[T] | undefined;
  const told = new Promise<HTMLElementEventMap[T]>((resolve) => {
    element.addEventListener(name, (one) => resolve((event = one)), { once: true });
  });
  // In the moment of the event, before anything else comes of it.
  return Promise.race([told, until(() => event, name)]);
}

/** Waits until something is there, for as long as anything moves in the page: what is slow is waited for. */
export async function until<T>(look: () => T, what = look.toString()): Promise<NonNullable<Awaited<T>>> {
  let seen = progress();
  for (let still = 0, lookedAt = performance.now(); still < patience;) {
    for (const end = lookedAt + mostAtOnce; performance.now() < end; await realPause(20)) {
      const found = await look();
      if (found) return found;
    }
    const now = progress();
    still = now === seen ? still + mostAtOnce : 0;
    [seen, lookedAt] = [now, performance.now()];
  }
  throw new Error(`never: ${what}`);
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const find = (element: TuEsign, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!;

export const textOf = (element: TuEsign): string => element.shadowRoot!.textContent.replaceAll(/\s+/g, ' ');

export const pageOf = (element: TuEsign, number: number) => find(element, `.page[data-page="${number}"]`);

/** What the bar says of the page in view. */
export function positionOf(element: TuEsign): string {
  const position = find(element, '.position');
  const { value } = position.querySelector('input')!;
  return position.textContent.replaceAll(/\s+/g, ' ').trim().replace(' ', ` ${value} `);
}

/** An element whose document may be signed. */
export async function mountRead(options?: MountOptions): Promise<TuEsign> {
  const element = mount(options);
  await untilRead(element, options?.autograph);
  return element;
}

const isChecked = (missing: HTMLElement | null) => missing && !/documento|the document/.test(missing.textContent);

/** Waits until the document may be signed. */
export async function untilRead(element: TuEsign, autograph = '.pad canvas'): Promise<void> {
  await until(() => find(element, autograph), 'autograph');
  await until(() => isChecked(find(element, '#missing')), 'checked');
}

export const canvasOf = (element: TuEsign): HTMLCanvasElement => find(element, '.pad canvas') as HTMLCanvasElement;

/** The real mouse is told of whenever what lies below it changes: with its number, it would end a stroke. */
const noMouse = 41;

/** Sends a pointer event to the pad, at the pad's own coordinates. */
export function point(element: TuEsign, type: string, [x, y]: [number, number], init: PointerEventInit = {}): void {
  const canvas = canvasOf(element);
  const box = canvas.getBoundingClientRect();
  const buttons = type === 'pointerup' ? 0 : 1;
  const at = { clientX: box.left + x, clientY: box.top + y, buttons, pointerId: noMouse, isPrimary: true };
  canvas.dispatchEvent(
    new PointerEvent(type, { ...at, bubbles: true, composed: true, cancelable: true, pointerType: 'mouse', ...init }),
  );
}

/** A stroke through these points, at the speed of a hand. */
export async function drawThrough(element: TuEsign, points: [number, number][]): Promise<void> {
  for (const at of points) {
    point(element, 'pointermove', at);
    await pause(8);
  }
}

/** On a phone the pad is in a sheet, which is opened. */
export async function openSheet(element: TuEsign): Promise<void> {
  if (canvasOf(element).checkVisibility()) return;
  find(element, '.bar .next').click();
  await until(() => canvasOf(element).clientWidth === find(element, '.pad').clientWidth, 'pad laid out');
}

export async function draw(element: TuEsign): Promise<void> {
  await openSheet(element);
  point(element, 'pointerdown', [30, 60]);
  await drawThrough(
    element,
    Array.from({ length: 20 }, (_, step) => [36 + step * 6, 60 + (step % 5) * 6]),
  );
  point(element, 'pointerup', [150, 60]);
}

/** How many pixels' worth of ink the pad carries: the same wherever between two pixels a line lies. */
export function inkOf(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, index) => (index % 4 === 3 ? sum + value : sum), 0) / 255;
}

export async function sign(element: TuEsign): Promise<void> {
  await draw(element);
  find(element, '.consent input').click();
  await element.updateComplete;
  find(element, '.primary').click();
}

/** Takes what tests have mounted out of the page. */
export const clearPage = (): void => document.body.replaceChildren();

export interface TabOptions {
  /** What pdf.js's folder lacks there: the decoders in WebAssembly, or all of them. */
  without?: 'wasm' | 'decoders';
  /** Content-Security-Policy. */
  policy?: string;
}

/** Another tab, as far as the element can tell: a realm of its own on the same origin. */
export async function openTab({ without, policy }: TabOptions = {}): Promise<HTMLIFrameElement> {
  const tab = document.createElement('iframe');
  const address = new URL('tab.html', import.meta.url);
  if (without) address.pathname = `/without-${without}${address.pathname}`;
  if (policy) address.searchParams.set('policy', policy);
  tab.src = address.href;
  tab.style.cssText = 'width: 1000px; height: 900px';
  document.body.append(tab);
  await until(() => tab.contentWindow?.customElements?.get('tu-esign'), 'a tab');
  return tab;
}

/** An element in a tab, whose document may be signed. */
export async function mountIn(tab: HTMLIFrameElement, claims: FakeClaims): Promise<TuEsign> {
  const element = mount({ claims, page: tab.contentDocument! });
  await untilRead(element);
  return element;
}

/** Makes the element’s waits of such a length short while something is done; its longest ones unless told. */
export async function hastened(what: () => Promise<void>, { from = 15_000, to = Infinity } = {}): Promise<void> {
  const real = globalThis.setTimeout;
  const hasty = (task: () => void, ms = 0) => real(task, ms >= from && ms <= to ? 50 : ms);
  Object.assign(globalThis, { setTimeout: hasty });
  try {
    await what();
  } finally {
    Object.assign(globalThis, { setTimeout: real });
  }
}

/** Goes up and down a page, as slowly as a machine may be, until `then`: two looks at each part make it read. */
export async function readPage(element: TuEsign, page: number, then: () => boolean): Promise<void> {
  const scroller = find(element, '.scroller');
  const { offsetTop, offsetHeight } = pageOf(element, page);
  const last = offsetTop + offsetHeight - scroller.clientHeight;
  for (const end = Date.now() + 60_000; !then() && Date.now() < end; await pause(850)) {
    const next = scroller.scrollTop + scroller.clientHeight * 0.8;
    scroller.scrollTop = scroller.scrollTop >= last ? offsetTop : Math.min(next, last);
  }
  if (!then()) throw new Error(`page ${page} is not read`);
}
