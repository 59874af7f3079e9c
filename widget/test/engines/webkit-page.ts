import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { codeOf } from './webdriver-keys.ts';
import type { WebDriver } from './webdriver.ts';

type Position = { x: number; y: number };
type Size = { width: number; height: number };
type Button = keyof typeof buttons;

const buttons = { left: 0, middle: 1, right: 2 };

const move = ({ x, y }: Position) => ({ type: 'pointerMove', duration: 0, origin: 'viewport', x, y });
const down = (button: Button = 'left') => ({ type: 'pointerDown', button: buttons[button] });
const up = (button: Button = 'left') => ({ type: 'pointerUp', button: buttons[button] });
const keyDown = (name: string) => ({ type: 'keyDown', value: codeOf(name) });
const keyUp = (name: string) => ({ type: 'keyUp', value: codeOf(name) });

/** What the test runner's commands ask of a page: the part of Playwright's that they use, over WebDriver. */
export function createPage(driver: WebDriver) {
  const act = (source: object, actions: object[]) =>
    driver.post('/actions', { actions: [{ ...source, actions }] }).then(() => {});
  const pointer = (...actions: object[]) =>
    act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } }, actions);
  const keys = (...actions: object[]) => act({ type: 'key', id: 'keyboard' }, actions);

  return {
    mouse: {
      move: (x: number, y: number) => pointer(move({ x, y })),
      down: ({ button }: { button?: Button } = {}) => pointer(down(button)),
      up: ({ button }: { button?: Button } = {}) => pointer(up(button)),
      click: (x: number, y: number, { button }: { button?: Button } = {}) =>
        pointer(move({ x, y }), down(button), up(button)),
    },
    keyboard: {
      down: (name: string) => keys(keyDown(name)),
      up: (name: string) => keys(keyUp(name)),
      press: (name: string) => {
        const parts = name.split('+');
        return keys(...parts.map(keyDown), ...parts.toReversed().map(keyUp));
      },
      type: (text: string) => keys(...Array.from(text, (letter) => [keyDown(letter), keyUp(letter)]).flat()),
    },
    setViewportSize: (size: Size) => resize(driver, size),
    goto: (url: string) => driver.post('/url', { url }).then(() => {}),
  };
}

/** The window is larger than what it shows of the page, and takes a while to follow. */
async function resize(driver: WebDriver, size: Size): Promise<void> {
  const edges = await measure(driver, '{ width: outerWidth - innerWidth, height: outerHeight - innerHeight }');
  await driver.post('/window/rect', { width: size.width + edges.width, height: size.height + edges.height });
  for (const end = Date.now() + 5_000; Date.now() < end; await pause(20)) {
    if (isDeepStrictEqual(await measure(driver, '{ width: innerWidth, height: innerHeight }'), size)) return;
  }
  throw new Error(`the window does not become ${size.width} by ${size.height}`);
}

const measure = (driver: WebDriver, size: string): Promise<Size> =>
  driver.post('/execute/sync', { script: `return ${size}`, args: [] }) as Promise<Size>;

export type WebKitPage = ReturnType<typeof createPage>;
