const deeds = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'scroll'];
const often = 10_000;

/** Tells that the signatory is at it, every ten seconds at most. Scrolling is heard of in the shadow tree alone. */
export function watchActivity(root: Node, active: () => void, signal: AbortSignal): void {
  let told = -Infinity;
  const notice = ({ timeStamp }: Event) => {
    if (timeStamp - told < often) return;
    told = timeStamp;
    active();
  };
  for (const deed of deeds) root.addEventListener(deed, notice, { capture: true, passive: true, signal });
}
