import type { TuEsign } from 'tu-esign';
import type { Step } from './states.ts';

/** Waits until something is there. */
export const until = async <T>(look: () => T): Promise<NonNullable<T>> => {
  for (;;) {
    const found = look();
    if (found) return found;
    await pause(25);
  }
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const find = (element: TuEsign, selector: string): Promise<HTMLElement> =>
  until(() => element.shadowRoot?.querySelector<HTMLElement>(selector));

/** On a phone the pad is in a sheet, which is opened. */
const openSheet = async (element: TuEsign): Promise<void> => {
  const next = await find(element, '.bar .next');
  if (next.checkVisibility()) next.click();
};

const press = (selector: string) => async (element: TuEsign) => (await find(element, selector)).click();

/** What the signatory's hand does. */
export const does: Record<Step, (element: TuEsign) => Promise<void>> = {
  read: async (element) => {
    await find(element, '.page canvas');
    // What is checked is said for a moment, and moves all that is below.
    for (let quiet = 0; quiet < 12; quiet++) {
      await pause(25);
      if (element.shadowRoot!.querySelector('.checking')) quiet = 0;
    }
  },
  draw: (element) => drawStrokes(element, strokes),
  'draw-initials': async (element) => drawAll(await find(element, '.pad.small canvas'), initials),
  'place-initials': press('.initials-made button.quiet:enabled'),
  swipe: (element) => drawStrokes(element, [swipe]),
  'open-sheet': openSheet,
  type: async (element) => {
    await openSheet(element);
    await press('.methods [value=type]')(element);
  },
  upload: async (element) => {
    await openSheet(element);
    await press('.methods [value=upload]')(element);
    const input = (await find(element, '.picker input')) as HTMLInputElement;
    const files = new DataTransfer();
    files.items.add(await photograph());
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  },
  'hand-off': async (element) => {
    await openSheet(element);
    element.handOff = () => location.href;
    await press('.hand-off')(element);
  },
  search: async (element) => {
    await press('[data-tool=search]')(element);
    const input = (await find(element, '.search input')) as HTMLInputElement;
    input.value = 'contrato';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  },
  'show-thumbnails': async (element) => {
    await press('[data-tool=thumbnails]')(element);
  },
  consent: press('.consent input'),
  // Too early: it leads to what is missing.
  'press-sign': press('[part=sign-button]'),
  sign: press('[part=sign-button][aria-disabled=false]'),
  'ask-decline': async (element) => {
    await does.read(element);
    await press('[part=decline-button]')(element);
  },
  'write-reason': async (element) => {
    ((await find(element, 'dialog textarea')) as HTMLTextAreaElement).value = 'El importe no es el acordado.';
  },
  decline: press('dialog .danger'),
};

type Point = [x: number, y: number];

const drawStrokes = async (element: TuEsign, strokes: Point[][]): Promise<void> => {
  await does.read(element);
  await openSheet(element);
  const canvas = await find(element, '[part=pad] canvas');
  await drawAll(canvas, strokes);
};

const drawAll = async (canvas: HTMLElement, strokes: Point[][]): Promise<void> => {
  await until(() => canvas.clientWidth > 0);
  canvas.click();
  for (const stroke of strokes) await drawStroke(canvas, stroke);
  // Focused by a script, it would show the ring that a keyboard's user sees.
  canvas.blur();
};

/** A curve through these points, each told as a share of the pad. */
const drawStroke = async (canvas: HTMLElement, points: Point[]): Promise<void> => {
  const box = canvas.getBoundingClientRect();
  const send = (type: string, [x, y]: Point) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        clientX: box.left + x * box.width,
        clientY: box.top + y * box.height,
        buttons: type === 'pointerup' ? 0 : 1,
        pressure: type === 'pointerup' ? 0 : 0.5,
        pointerId: 1,
        isPrimary: true,
        pointerType: 'mouse',
        bubbles: true,
        composed: true,
        cancelable: true,
      }),
    );
  const curve = smooth(points);
  send('pointerdown', curve[0]!);
  for (const point of curve) {
    send('pointermove', point);
    await pause(4);
  }
  send('pointerup', curve.at(-1)!);
};

const mix = (t: number, [a, b, c, d]: number[]) =>
  0.5 * (2 * b! + (c! - a!) * t + (2 * a! - 5 * b! + 4 * c! - d!) * t ** 2 + (3 * b! - a! - 3 * c! + d!) * t ** 3);

/** Catmull-Rom through the points, twelve steps from one to the next. */
const smooth = (points: Point[]): Point[] => {
  const at = (index: number) => points[Math.min(Math.max(index, 0), points.length - 1)]!;
  return points.slice(1).flatMap((_, index) =>
    Array.from({ length: 12 }, (_step, step): Point => {
      const four = [at(index - 1), at(index), at(index + 1), at(index + 2)];
      const along = (axis: 0 | 1) =>
        mix(
          (step + 1) / 12,
          four.map((point) => point[axis]),
        );
      return [along(0), along(1)];
    }),
  );
};

/** An autograph of nobody. */
const strokes: Point[][] = [
  [
    [0.14, 0.72],
    [0.2, 0.36],
    [0.26, 0.22],
    [0.28, 0.44],
    [0.29, 0.7],
    [0.27, 0.6],
    [0.21, 0.55],
    [0.3, 0.5],
    [0.36, 0.52],
    [0.37, 0.66],
    [0.41, 0.52],
    [0.44, 0.66],
    [0.49, 0.5],
    [0.53, 0.54],
    [0.5, 0.66],
    [0.56, 0.6],
    [0.59, 0.5],
    [0.6, 0.66],
    [0.7, 0.56],
    [0.86, 0.46],
  ],
  [
    [0.22, 0.84],
    [0.4, 0.79],
    [0.62, 0.78],
    [0.8, 0.74],
  ],
];

/** Of the same. */
const initials: Point[][] = [
  [
    [0.2, 0.8],
    [0.36, 0.15],
    [0.44, 0.5],
    [0.48, 0.8],
    [0.4, 0.6],
    [0.28, 0.58],
  ],
  [
    [0.8, 0.22],
    [0.62, 0.2],
    [0.6, 0.48],
    [0.74, 0.48],
    [0.6, 0.52],
    [0.58, 0.82],
    [0.82, 0.76],
  ],
];

/** As a pen writes it. */
export const curves = strokes.map(smooth);

/** What a thumb leaves that wanted to scroll. */
const swipe: Point[] = [
  [0.6, 0.9],
  [0.62, 0.5],
  [0.61, 0.1],
];

/** The same autograph, written on grey paper. */
const photograph = async (): Promise<File> => {
  const canvas = new OffscreenCanvas(900, 420);
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#d9d5cb';
  context.fillRect(0, 0, canvas.width, canvas.height);
  Object.assign(context, { strokeStyle: '#20242c', lineWidth: 7, lineCap: 'round', lineJoin: 'round' });
  for (const stroke of strokes) {
    context.beginPath();
    for (const [x, y] of smooth(stroke)) context.lineTo(x * canvas.width, y * canvas.height);
    context.stroke();
  }
  return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'firma.jpg', { type: 'image/jpeg' });
};
