import { sendMouse, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { emulate, emulateDensity } from '../../../test/media.ts';
import {
  canvasOf,
  clearPage,
  draw,
  drawThrough,
  find,
  inkOf,
  mountRead,
  pause,
  point,
  until,
  openSheet,
} from '../../../test/visit.ts';
import { AutographPad } from './autograph-pad.ts';
import type { TuEsign } from '../../index.ts';

function createPad(): { pad: AutographPad; canvas: HTMLCanvasElement; frame: HTMLElement } {
  const frame = document.createElement('div');
  frame.style.cssText = 'width: 400px; height: 160px; overflow: hidden';
  const canvas = document.createElement('canvas');
  canvas.style.display = 'block';
  frame.append(canvas);
  document.body.append(frame);
  return { pad: new AutographPad({ canvas, frame, changed: () => {} }), canvas, frame };
}

async function stroke(canvas: HTMLElement, ...points: [number, number][]): Promise<void> {
  const { left, top } = canvas.getBoundingClientRect();
  const [first, ...rest] = points.map(([x, y]): [number, number] => [Math.round(left + x), Math.round(top + y)]);
  await sendMouse({ type: 'move', position: first! });
  await sendMouse({ type: 'down' });
  for (const position of rest) await sendMouse({ type: 'move', position });
  await sendMouse({ type: 'up' });
}

/** Another window, and the canvas as wide as its frame again. */
async function turn(element: TuEsign, size: { width: number; height: number }): Promise<void> {
  const before = canvasOf(element).clientWidth;
  await setViewport(size);
  await until(() => canvasOf(element).clientWidth !== before, 'the pad has noticed');
  await until(() => canvasOf(element).clientWidth === find(element, '.pad').clientWidth, 'as wide as its frame');
}

const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

const setDensity = (value: number) =>
  Object.defineProperty(globalThis, 'devicePixelRatio', { configurable: true, value });

/** A contact with the glass, as wide as that. */
const touch = (width: number) => ({ pointerType: 'touch', pointerId: 11, width, height: 40 });

const line = (from: number, to: number, y: number) =>
  Array.from({ length: (to - from) / 6 }, (_, step): [number, number] => [from + step * 6, y]);

describe('the autograph pad', () => {
  afterEach(async () => {
    clearPage();
    await setViewport({ width: 800, height: 600 });
  });

  it('draws with a real pointer, and takes back', async () => {
    const { pad, canvas } = createPad();
    await stroke(canvas, [40, 40], [120, 90], [200, 50]);
    await stroke(canvas, [220, 40], [260, 90]);
    expect(pad.ink.strokes.map(({ pointer }) => pointer)).to.deep.equal(['mouse', 'mouse']);
    const both = inkOf(canvas);
    pad.undo();
    expect(inkOf(canvas)).to.be.greaterThan(0).and.lessThan(both);
    pad.clear();
    expect(pad.isEmpty).to.equal(true);
    expect(inkOf(canvas)).to.equal(0);
  });

  it('pain 1: loses no ink when the page is resized in mid-stroke, and goes on drawing', async () => {
    await setViewport({ width: 380, height: 700 });
    const element = await mountRead();
    await openSheet(element);
    const canvas = canvasOf(element);
    point(element, 'pointerdown', [30, 40]);
    await drawThrough(element, line(36, 120, 50));
    const before = inkOf(canvas);
    await setViewport({ width: 780, height: 380 });
    await pause(80);
    expect(inkOf(canvas)).to.equal(before);
    await drawThrough(element, line(120, 200, 60));
    point(element, 'pointerup', [200, 60]);
    await until(() => canvas.clientWidth === find(element, '.pad').clientWidth, 'the size put off');
    expect(inkOf(canvas)).to.be.greaterThan(before);
    point(element, 'pointerdown', [60, 100]);
    point(element, 'pointerup', [90, 100]);
    find(element, '.labelled').click();
    await pause(20);
    expect(inkOf(canvas)).to.be.greaterThan(before);
  });

  it('pain 1: keeps all ink in view through a rotation and back', async () => {
    await setViewport({ width: 390, height: 800 });
    const element = await mountRead();
    await draw(element);
    const portrait = inkOf(canvasOf(element));
    await turn(element, { width: 800, height: 390 });
    // Beside the document the pad is narrower than in the sheet.
    expect(inkOf(canvasOf(element))).to.be.greaterThan(portrait * 0.6);
    await turn(element, { width: 320, height: 700 });
    expect(inkOf(canvasOf(element))).to.be.greaterThan(portrait * 0.4);
    await turn(element, { width: 390, height: 800 });
    expect(inkOf(canvasOf(element))).to.equal(portrait);
  });

  it('draws where the pointer is when the host has scaled the page', async () => {
    const { pad, canvas, frame } = createPad();
    frame.style.transform = 'scale(0.5)';
    frame.style.transformOrigin = '0 0';
    await stroke(canvas, [50, 20], [100, 40]);
    const { points } = pad.ink.strokes[0]!;
    expect(points[0]).to.include({ x: 100, y: 40 });
    expect(points.at(-1)).to.include({ x: 200, y: 80 });
  });

  for (const [style, from, to] of [
    ['transform: rotate(90deg)', [-20, 50], [-80, 150]],
    ['rotate: 180deg', [-50, -20], [-150, -80]],
    ['transform: rotate(-90deg) scale(2)', [40, -100], [160, -300]],
    ['rotate: 90deg; scale: 0.5', [-10, 25], [-40, 75]],
    ['transform: matrix(1, 0, 0.5, 1, 0, 0)', [60, 20], [190, 80]],
  ] as const)
    it(`draws where the pointer is when the host has turned the page (${style})`, async () => {
      const { pad, canvas, frame } = createPad();
      const page = document.createElement('div');
      frame.replaceWith(page);
      page.append(frame);
      page.style.cssText = `position: fixed; left: 400px; top: 400px; transform-origin: 0 0; ${style}`;
      const { left, top } = canvas.getBoundingClientRect();
      const at = ([x, y]: readonly [number, number]): [number, number] => [400 + x - left, 400 + y - top];
      await stroke(canvas, at(from), at(to));
      const { points } = pad.ink.strokes[0]!;
      expect(points[0]!.x).to.be.closeTo(50, 0.5);
      expect(points[0]!.y).to.be.closeTo(20, 0.5);
      expect(points.at(-1)!.x).to.be.closeTo(150, 0.5);
      expect(points.at(-1)!.y).to.be.closeTo(80, 0.5);
    });

  it('ignores a second finger, and the hand once a pen has drawn', async () => {
    const element = await mountRead();
    const pen = { pointerType: 'pen', pointerId: 5 };
    point(element, 'pointerdown', [30, 30], pen);
    point(element, 'pointerdown', [200, 90], { pointerType: 'touch', pointerId: 9, isPrimary: false });
    point(element, 'pointermove', [220, 95], { pointerType: 'touch', pointerId: 9, isPrimary: false });
    point(element, 'pointermove', [60, 30], pen);
    point(element, 'pointerup', [60, 30], pen);
    const drawn = inkOf(canvasOf(element));
    point(element, 'pointerdown', [200, 90], { pointerType: 'touch', pointerId: 10 });
    point(element, 'pointermove', [240, 90], { pointerType: 'touch', pointerId: 10 });
    point(element, 'pointerup', [240, 90], { pointerType: 'touch', pointerId: 10 });
    expect(inkOf(canvasOf(element))).to.equal(drawn);
  });

  it('ignores the side of a hand, and draws with a finger', async () => {
    const element = await mountRead();
    const swipe = (width: number) => {
      point(element, 'pointerdown', [60, 60], touch(width));
      for (const x of [70, 85, 100]) point(element, 'pointermove', [x, 66], touch(width));
      point(element, 'pointerup', [100, 66], touch(width));
    };
    canvasOf(element).click();
    swipe(110);
    expect(inkOf(canvasOf(element))).to.equal(0);
    swipe(38);
    expect(inkOf(canvasOf(element))).to.be.greaterThan(0);
  });

  it('a finger on a pad that nobody has gone to scrolls, and leaves no ink', async () => {
    const element = await mountRead();
    expect(getComputedStyle(canvasOf(element)).touchAction).to.equal('manipulation');
    point(element, 'pointerdown', [60, 60], touch(38));
    for (const x of [70, 85, 100]) point(element, 'pointermove', [x, 66], touch(38));
    point(element, 'pointerup', [100, 66], touch(38));
    expect(inkOf(canvasOf(element))).to.equal(0);
  });

  it('pain 2: what touches a pad that was gone to draws, and never scrolls or zooms the page', async () => {
    const element = await mountRead();
    canvasOf(element).click();
    await element.updateComplete;
    expect(getComputedStyle(canvasOf(element)).touchAction).to.equal('none');
  });

  it('pain 8: on a phone held upright, every button of the form is whole and large enough', async () => {
    await setViewport({ width: 375, height: 667 });
    const element = await mountRead();
    await draw(element);
    const names = ['.tool.labelled', '.methods label', '.primary', '[part=decline-button]'];
    for (const button of element.shadowRoot!.querySelectorAll(names.join())) {
      button.scrollIntoView({ block: 'nearest' });
      const { left, right, top, bottom } = button.getBoundingClientRect();
      expect(left, button.textContent).to.be.at.least(0);
      expect(right, button.textContent).to.be.at.most(375);
      expect(bottom, button.textContent).to.be.at.most(667.5);
      expect(bottom - top, button.textContent).to.be.at.least(24);
    }
  });

  it('pain 15: is as sharp as the screen, also once it is moved to another', async () => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'devicePixelRatio')!;
    for (const density of [1, 2, 3]) {
      setDensity(density);
      const { canvas, frame } = createPad();
      expect([canvas.width, canvas.height]).to.deep.equal([400 * density, 160 * density]);
      setDensity(density + 1);
      frame.style.width = '401px';
      await until(() => canvas.width === 401 * (density + 1), 'the new density');
    }
    Object.defineProperty(globalThis, 'devicePixelRatio', own);
  });

  it('pain 15: notices another screen where the browser observes no pixels', async function () {
    if (!(await emulateDensity(1))) this.skip();
    const own = Object.getOwnPropertyDescriptor(ResizeObserver.prototype, 'observe')!;
    ResizeObserver.prototype.observe = function (target, options) {
      if (options?.box === 'device-pixel-content-box') throw new TypeError('as Safari does');
      Reflect.apply(own.value as () => void, this, [target, options]);
    };
    try {
      const { pad, canvas } = createPad();
      for (const density of [2, 3, 1]) {
        await emulateDensity(density);
        await until(() => canvas.width === 400 * density, `${density} pixels to one`);
      }
      pad.release();
      await emulateDensity(2);
      await frame();
      expect(canvas.width).to.equal(400);
    } finally {
      Object.defineProperty(ResizeObserver.prototype, 'observe', own);
      await emulateDensity();
    }
  });

  it('keeps every coalesced sample', async () => {
    const { pad, canvas } = createPad();
    const { left, top } = canvas.getBoundingClientRect();
    const at = (x: number) => ({ clientX: left + x, clientY: top + 50, buttons: 1, isPrimary: true, pointerId: 1 });
    const event = (type: string, x: number, more: PointerEventInit = {}) =>
      new PointerEvent(type, { ...at(x), bubbles: true, cancelable: true, pressure: 0.5, ...more });
    canvas.dispatchEvent(event('pointerdown', 10));
    const coalescedEvents = Array.from({ length: 50 }, (_, index) => event('pointermove', 11 + index / 2));
    canvas.dispatchEvent(event('pointermove', 36, { coalescedEvents }));
    canvas.dispatchEvent(event('pointerup', 36, { buttons: 0 }));
    expect(pad.ink.strokes[0]!.points.length).to.equal(52);
  });

  it('stands under reduced motion and forced colours, where an engine can be told of them', async function () {
    if (!(await emulate({ 'forced-colors': 'active', 'prefers-reduced-motion': 'reduce' }))) this.skip();
    const element = await mountRead();
    await draw(element);
    expect(inkOf(canvasOf(element))).to.be.greaterThan(0);
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    await emulate();
  });
});
