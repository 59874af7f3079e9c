import SignaturePad from 'signature_pad';
import { expect } from 'chai';
import { draw, pen } from './ink-drawing.ts';
import { boundsOf, fit, type Ink } from './ink.ts';
import { drawInk } from './picture.ts';

const size = { width: 400, height: 160 };
const limits = { autographBytes: 512 * 1024, autographPixels: 4_000_000 };

const drawn = (...strokes: [x: number, y: number, time: number][][]): Ink => ({
  ...size,
  strokes: strokes.map((points) => ({
    pointer: 'mouse',
    points: points.map(([x, y, time]) => ({ x, y, time, pressure: 0.5 })),
  })),
});

/** Slow at first and fast at its end: lines of every width. */
const wave = drawn(
  Array.from({ length: 60 }, (_, at) => [30 + at * 2 + (at * at) / 20, 80 + 45 * Math.sin(at / 5), at * 16]),
);

/** How many pixels' worth of ink there is. */
function inkIn(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value, at) => (at % 4 === 3 ? sum + value : sum), 0) / 255;
}

function onPad(ink: Ink, ratio: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), {
    width: size.width * ratio,
    height: size.height * ratio,
  });
  const pad = new SignaturePad(canvas, pen);
  pad.off();
  draw(pad, ink, { view: fit(ink, size), ratio }, canvas);
  return canvas;
}

async function inPicture(ink: Ink): Promise<HTMLCanvasElement> {
  const picture = await createImageBitmap((await drawInk(ink, limits))!);
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
  canvas.getContext('2d')!.drawImage(picture, 0, 0);
  return canvas;
}

describe('the picture of what was drawn', () => {
  it('pain 15: has lines as wide as the pad shows them, at three times its density', async () => {
    const sent = await inPicture(wave);
    const shown = inkIn(onPad(wave, 3));
    expect(inkIn(sent)).to.be.closeTo(shown, shown * 0.04);
    const { left, right } = boundsOf(wave)!;
    expect(sent.width).to.equal(Math.ceil((right - left + 16) * 3));
  });

  const short: [string, Ink][] = [
    ['a dot', drawn([[200, 20, 0]])],
    ['a dot at the pad’s very corner', drawn([[1e-7, 40, 0]])],
    [
      'a tick of two samples',
      drawn([
        [200, 20, 0],
        [209, 14, 16],
      ]),
    ],
  ];
  for (const [name, ink] of short) {
    it(`has ${name}, as the pad does`, async () => {
      const shown = inkIn(onPad(ink, 3));
      expect(shown).to.be.greaterThan(30);
      expect(inkIn(await inPicture(ink))).to.be.greaterThan(shown * 0.9);
    });
  }
});
