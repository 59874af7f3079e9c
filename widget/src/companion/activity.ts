const deeds = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll'];
const often = 10_000;

/**
 * Reports that the signatory is doing something, every ten seconds at most. It listens inside the shadow tree, as
 * scroll events do not leave it.
 */
export function watchActivity(root: Node, active: () => void, signal: AbortSignal): void {
  let told = -Infinity;
  const notice = ({ timeStamp }: Event) => {
    if (timeStamp - told < often) return;
    told = timeStamp;
    active();
  };
  for (const deed of deeds) root.addEventListener(deed, notice, { capture: true, passive: true, signal });
}
