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

/**
 * A test's page lies in a frame: the window of the small browser is never as narrow as a phone. At the window's
 * own corner, so that both agree on where the mouse is.
 */
const scripts = {
  show: `
    document.body.innerHTML = '<iframe style="width: 800px; height: 600px"></iframe>';
    const frame = document.body.firstChild;
    frame.onload = () => frame.focus();
    frame.src = arguments[0];`,
  resize: "document.body.firstChild.style.cssText = 'width: ' + arguments[0] + 'px; height: ' + arguments[1] + 'px'",
  clear: 'document.body.replaceChildren()',
};

/** What the test runner's commands ask of a page: the part of Playwright's that they use, over WebDriver. */
export function createPage(driver: WebDriver) {
  const act = (source: object, actions: object[]) =>
    driver.post('/actions', { actions: [{ ...source, actions }] }).then(() => {});
  const pointer = (...actions: object[]) =>
    act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } }, actions);
  const keys = (...actions: object[]) => act({ type: 'key', id: 'keyboard' }, actions);
  const run = (name: keyof typeof scripts, ...args: unknown[]) =>
    driver.post('/execute/sync', { script: scripts[name], args }).then(() => {});

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
    setViewportSize: ({ width, height }: Size) => run('resize', width, height),
    show: (url: string) => run('show', url),
    clear: () => run('clear'),
  };
}

export type WebKitPage = ReturnType<typeof createPage>;
