/**
 * Calls `changed` when the screen gets another pixel density: by the browser's zoom, or as the window is moved to
 * another screen. A media query matches one density only, so that each density needs a query of its own.
 */
export function observeDensity(changed: () => void, signal: AbortSignal): void {
  const density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
  const next = () => {
    changed();
    observeDensity(changed, signal);
  };
  density.addEventListener('change', next, { once: true, signal });
}
