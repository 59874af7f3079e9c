import { expect } from 'chai';
import { isEnoughInk } from './enough-ink.ts';
import type { InkStroke } from './ink.ts';

type Point = [x: number, y: number];

/** A stroke through these points, with a sample every two pixels of the way, 8 milliseconds apart. */
function stroke(...corners: Point[]): InkStroke {
  const points = corners.slice(1).flatMap(([x, y], index) => {
    const [fromX, fromY] = corners[index]!;
    const steps = Math.ceil(Math.hypot(x - fromX, y - fromY) / 2);
    return Array.from({ length: steps }, (_, step): Point => [
      fromX + ((x - fromX) * (step + 1)) / steps,
      fromY + ((y - fromY) * (step + 1)) / steps,
    ]);
  });
  const samples = [corners[0]!, ...points].map(([x, y], index) => ({ x, y, time: index * 8, pressure: 0.5 }));
  return { pointer: 'touch', points: samples };
}

/** An arc of this chord that strays so far from it: upwards, as a thumb goes. */
function arc(chord: number, stray: number, x = 200): InkStroke {
  const radius = (chord ** 2 / 4 + stray ** 2) / (2 * stray);
  const half = Math.asin(chord / 2 / radius);
  const at = (share: number): Point => {
    const angle = half * (2 * share - 1);
    return [x + radius * (Math.cos(angle) - 1), 160 - chord / 2 - radius * Math.sin(angle)];
  };
  return stroke(...Array.from({ length: 21 }, (_, index) => at(index / 20)));
}

/** A wave as one writes: so many humps, so high, in so many pixels. */
const wave = (width: number, height: number, humps: number): InkStroke =>
  stroke(
    ...Array.from({ length: humps * 2 + 1 }, (_, at): Point => [
      40 + (width * at) / (humps * 2),
      80 + (at % 2) * height,
    ]),
  );

/** What a keyboard draws: steps of four pixels. */
const steps = (...points: Point[]): InkStroke => ({
  pointer: 'keyboard',
  points: points.map(([x, y], at) => ({ x, y, time: at * 30, pressure: 0.5 })),
});

const tooLittle: Record<string, InkStroke[]> = {
  nothing: [],
  'a dot': [stroke([100, 80])],
  'a tap that slips': [stroke([100, 80], [108, 86])],
  'dots all over the pad': [stroke([20, 20]), stroke([200, 90]), stroke([300, 30]), stroke([120, 140])],
  'a scribble in one place': [stroke([100, 80], [106, 80], [100, 86], [106, 86], [100, 80], [106, 86], [100, 86])],
  'a swipe upwards': [stroke([200, 150], [196, 10])],
  'a swipe across': [stroke([20, 80], [320, 92])],
  'the flat arc of a thumb': [arc(150, 24)],
  'a swipe that comes back a little': [stroke([200, 150], [198, 20], [200, 40])],
  'a line to and fro': [stroke([200, 150], [200, 20], [203, 150])],
  'a swipe and a tap elsewhere': [arc(150, 20), stroke([60, 60], [65, 64])],
  'a swipe that is tried again': [arc(150, 20), arc(120, 15, 225), stroke([190, 150], [200, 30])],
  'dashes in a row': [stroke([20, 80], [80, 81]), stroke([100, 82], [160, 80]), stroke([180, 80], [240, 83])],
  'two strokes too short to be seen': [stroke([100, 80], [100, 94]), stroke([93, 87], [107, 87])],
};

const enough: Record<string, InkStroke[]> = {
  'an initial of two short strokes, a T': [stroke([100, 60], [100, 78]), stroke([92, 60], [108, 60])],
  'an L, its foot short': [stroke([100, 40], [100, 120]), stroke([100, 120], [118, 120])],
  'two short strokes side by side': [stroke([100, 60], [98, 90]), stroke([112, 60], [110, 90])],
  'a cross of two strokes': [stroke([100, 40], [160, 120]), stroke([160, 40], [100, 120])],
  'a narrow cross': [stroke([100, 20], [130, 120]), stroke([130, 20], [100, 120])],
  'a tick': [stroke([100, 80], [112, 100], [150, 40])],
  'an arc that is more than a thumb’s': [arc(150, 40)],
  'a small c': [stroke([112, 70], [104, 68], [98, 76], [99, 86], [108, 90], [114, 88])],
  'a flat wave': [wave(240, 14, 12)],
  'a wave': [wave(160, 40, 5)],
  'a ring': [
    stroke(...Array.from({ length: 25 }, (_, at): Point => [90 + 20 * Math.cos(at / 4), 80 + 20 * Math.sin(at / 4)])),
  ],
  'a swipe, and then an autograph': [stroke([200, 150], [196, 10]), wave(160, 40, 5)],
};

describe('how much ink is an autograph', () => {
  for (const [name, strokes] of Object.entries(tooLittle)) {
    it(`${name}: too little`, () => expect(isEnoughInk({ strokes })).to.equal(false));
  }

  for (const [name, strokes] of Object.entries(enough)) {
    it(`${name}: enough`, () => expect(isEnoughInk({ strokes })).to.equal(true));
  }

  const edges: [string, InkStroke[], InkStroke[]][] = [
    ['length', [stroke([100, 60], [116, 60], [116, 75])], [stroke([100, 60], [116, 60], [116, 77])]],
    [
      'what is still a dot',
      [stroke([100, 60], [160, 60]), stroke([130, 60], [130, 71])],
      [stroke([100, 60], [160, 60]), stroke([130, 60], [130, 73])],
    ],
    ['how far an arc strays', [arc(150, 29)], [arc(150, 31)]],
    [
      'how far a swipe comes back',
      [stroke([200, 150], [200, 30], [210, 54])],
      [stroke([200, 150], [200, 30], [210, 62])],
    ],
    ['a trembling hand', [wave(200, 7, 20)], [wave(200, 9, 20)]],
    [
      'direction',
      [stroke([100, 150], [100, 50]), stroke([100, 150], [133, 50])],
      [stroke([100, 150], [100, 50]), stroke([100, 150], [140, 50])],
    ],
    [
      'lines side by side',
      [stroke([100, 150], [100, 60]), stroke([129, 150], [129, 60])],
      [stroke([100, 150], [100, 60]), stroke([131, 150], [131, 60])],
    ],
  ];
  for (const [edge, below, beyond] of edges) {
    it(`has its edge where it should: ${edge}`, () => {
      expect(isEnoughInk({ strokes: below }), 'below').to.equal(false);
      expect(isEnoughInk({ strokes: beyond }), 'beyond').to.equal(true);
    });
  }

  it('does not count how a finger trembles that rests for long', () => {
    const points = Array.from({ length: 3_000 }, (_, at) => ({
      x: 100 + (at % 3) * 0.6,
      y: 80 + (at % 2) * 0.7,
      time: at * 4,
      pressure: 0.5,
    }));
    expect(isEnoughInk({ strokes: [{ pointer: 'touch', points }] })).to.equal(false);
  });

  it('is the same for a keyboard’s steps', () => {
    const across = Array.from({ length: 12 }, (_, at): Point => [100 + at * 4, 80]);
    const down = Array.from({ length: 4 }, (_, at): Point => [144, 84 + at * 4]);
    expect(isEnoughInk({ strokes: [steps(...across)] })).to.equal(false);
    expect(isEnoughInk({ strokes: [steps(...across, ...down)] })).to.equal(true);
  });
});
