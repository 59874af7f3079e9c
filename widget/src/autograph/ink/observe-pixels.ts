/**
 * Tells, in the next frame, when a box has another size or the screen another density: a browser calls it an error of
 * the host's page when an observer changes sizes at once.
 */
export function observePixels(box: HTMLElement, changed: () => void, signal: AbortSignal): void {
  const later = () => requestAnimationFrame(() => signal.aborted || changed());
  const observer = new ResizeObserver(later);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
  try {
    observer.observe(box, { box: 'device-pixel-content-box' });
  } catch {
    // Safari knows sizes of layout alone, which no density changes.
    observer.observe(box);
    followDensity(later, signal);
  }
}

/** A query tells of one density alone: once it is left, the next one is asked of. */
function followDensity(changed: () => void, signal: AbortSignal): void {
  const density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const next = () => {
    changed();
    followDensity(changed, signal);
  };
  density.addEventListener('change', next, { once: true, signal });
}
