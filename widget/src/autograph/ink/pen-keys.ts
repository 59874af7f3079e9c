import type { AutographPad } from './autograph-pad.ts';

const steps: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const near = 4;
const far = 16;

export interface PenKeysOptions {
  canvas: HTMLCanvasElement;
  /** The mark that shows where the pen is. */
  cursor: HTMLElement;
  pad: AutographPad;
  /** Told when the pen is put down or lifted. */
  changed: (down: boolean) => void;
}

/**
 * Lets the keyboard draw: arrows move the pen, two at a time go diagonally, Shift goes far, Space puts the
 * pen down or lifts it, Escape lifts it.
 */
export function attachPenKeys({ canvas, cursor, pad, changed }: PenKeysOptions): () => void {
  const ending = new AbortController();
  const held = new Set<string>();
  const at = { x: Number.NaN, y: Number.NaN };
  let down = false;

  const show = () => {
    cursor.style.transform = `translate(${at.x}px, ${at.y}px)`;
    cursor.toggleAttribute('data-down', down);
  };
  const put = (next: boolean) => {
    if (next === down) return;
    down = next;
    if (down) pad.begin('keyboard', at);
    else pad.end();
    changed(down);
    show();
  };
  const move = (length: number) => {
    for (const key of held) {
      const [x, y] = steps[key]!;
      at.x = within(at.x + x * length, canvas.clientWidth);
      at.y = within(at.y + y * length, canvas.clientHeight);
    }
    if (down) pad.extend(at);
    show();
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in steps) {
      held.add(event.key);
      move(event.shiftKey ? far : near);
    } else if (event.key === ' ') put(!down);
    else if (event.key === 'Escape' && down) put(false);
    else return;
    event.preventDefault();
  };
  const focus = () => {
    if (Number.isNaN(at.x)) Object.assign(at, { x: canvas.clientWidth / 4, y: canvas.clientHeight / 2 });
    show();
  };
  const leave = () => {
    held.clear();
    put(false);
  };

  const { signal } = ending;
  canvas.addEventListener('keydown', press, { signal });
  canvas.addEventListener('keyup', ({ key }) => held.delete(key), { signal });
  canvas.addEventListener('focus', focus, { signal });
  canvas.addEventListener('blur', leave, { signal });
  return () => {
    leave();
    ending.abort();
  };
}

const inset = 4;
const within = (value: number, size: number): number => Math.min(size - inset, Math.max(inset, value));
