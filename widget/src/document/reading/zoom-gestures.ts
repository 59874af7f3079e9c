import type { Anchor, PageLayout, Spot } from '../pages/page-layout.ts';
import type { Zoom } from '../pages/zoom.ts';

const keys: Record<string, Zoom> = { '+': 'in', '=': 'in', '-': 'out', '0': 'width' };

/** What a key asks for; keys of the browser's own are left to it. */
export function zoomOfKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): Zoom | undefined {
  return ctrlKey || metaKey || altKey ? undefined : keys[key];
}

export interface ZoomGestures {
  scroller: HTMLElement;
  /** Null while nothing is shown. */
  layout: () => PageLayout | null;
  changed: () => void;
  signal: AbortSignal;
}

/** Enlarges by a wheel with Ctrl, which is also what a touchpad's pinch sends. */
export function zoomByWheel({ scroller, layout, changed, signal }: ZoomGestures): void {
  const turn = (event: WheelEvent) => {
    const pages = layout();
    if (!event.ctrlKey || !pages) return;
    event.preventDefault();
    const spot = pages.spotOf(event);
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 16 : event.deltaY;
    pages.enlarge(pages.zoom * Math.exp(-Math.max(-50, Math.min(pixels, 50)) / 100), pages.anchorAt(spot), spot);
    changed();
  };
  scroller.addEventListener('wheel', turn, { passive: false, signal });
}

interface Pinch {
  anchor: Anchor;
  zoom: number;
  distance: number;
}

/**
 * Enlarges by two fingers; what is under them stays under them. One finger is the browser's: it scrolls the
 * pages, and at their end the host's page.
 */
export function zoomByPinch({ scroller, layout, changed, signal }: ZoomGestures): void {
  let pinch: Pinch | null = null;
  const begin = (event: TouchEvent) => {
    const pages = layout();
    pinch = null;
    if (event.touches.length !== 2 || !pages) return;
    event.preventDefault();
    pinch = { anchor: pages.anchorAt(pages.spotOf(middleOf(event))), zoom: pages.zoom, distance: distanceOf(event) };
    scroller.addEventListener('touchmove', move, { passive: false, signal });
  };
  const move = (event: TouchEvent) => {
    const pages = layout();
    if (!pinch || !pages || event.touches.length !== 2) return;
    event.preventDefault();
    const zoom = (pinch.zoom * distanceOf(event)) / pinch.distance;
    pages.enlarge(zoom, pinch.anchor, pages.spotOf(middleOf(event)));
    changed();
  };
  const end = () => {
    pinch = null;
    scroller.removeEventListener('touchmove', move);
  };
  scroller.addEventListener('touchstart', begin, { passive: false, signal });
  scroller.addEventListener('touchend', end, { signal });
  scroller.addEventListener('touchcancel', end, { signal });
}

/** Milliseconds, and CSS pixels, within which two taps are one gesture. */
const twice = { within: 320, apart: 28 };

/** Tells of two taps of a finger at one spot. What a mouse does twice selects a word. */
export function watchDoubleTap(
  { scroller, layout, signal }: Pick<ZoomGestures, 'scroller' | 'layout' | 'signal'>,
  tapped: (spot: Spot) => void,
): void {
  let last = { time: -Infinity, x: 0, y: 0 };
  const tap = (event: PointerEvent) => {
    const pages = layout();
    if (event.pointerType === 'mouse' || !pages || event.target instanceof HTMLButtonElement) return;
    const { timeStamp: time, clientX: x, clientY: y } = event;
    const isSecond = time - last.time < twice.within && Math.hypot(x - last.x, y - last.y) < twice.apart;
    last = isSecond ? { time: -Infinity, x, y } : { time, x, y };
    if (isSecond) tapped(pages.spotOf(event));
  };
  // A click, as a finger that scrolls makes none.
  scroller.addEventListener('click', tap as (event: Event) => void, { signal });
}

const distanceOf = ({ touches: [one, other] }: TouchEvent): number =>
  Math.max(1, Math.hypot(one!.clientX - other!.clientX, one!.clientY - other!.clientY));

const middleOf = ({ touches: [one, other] }: TouchEvent) => ({
  clientX: (one!.clientX + other!.clientX) / 2,
  clientY: (one!.clientY + other!.clientY) / 2,
});
