import { observeDensity } from '../../view/observe-density.ts';

/**
 * Calls `changed` when the box gets another size, or the screen another pixel density. It waits for the next frame: if
 * the callback of a ResizeObserver changes sizes itself, browsers report an error on the host's page.
 */
export function observePixels(box: HTMLElement, changed: () => void, signal: AbortSignal): void {
  const later = () => requestAnimationFrame(() => signal.aborted || changed());
  const observer = new ResizeObserver(later);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  try {
    observer.observe(box, { box: 'device-pixel-content-box' });
  } catch {
    // Safari observes sizes in CSS pixels only, and those stay the same when the density changes.
    observer.observe(box);
    observeDensity(later, signal);
  }
}
