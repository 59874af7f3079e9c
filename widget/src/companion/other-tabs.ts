/** Messages between the tabs, and elements, of one signing request. */
export interface OtherTabs {
  /** Tells the others that the signing has changed. */
  tell(): void;
}

export interface OtherTabsOptions {
  /** The same in all tabs of one request, and nowhere else. */
  name: string;
  /** Another tab has told of a change, or may have: this one comes back into view. */
  changed: () => void;
  signal: AbortSignal;
}

export function joinOtherTabs({ name, changed, signal }: OtherTabsOptions): OtherTabs {
  const look = () => {
    if (document.visibilityState === 'visible') changed();
  };
  document.addEventListener('visibilitychange', look, { signal });
  // A browser without BroadcastChannel still asks the service whenever the tab comes back into view.
  if (!globalThis.BroadcastChannel) return { tell: () => {} };
  const channel = new BroadcastChannel(`tu-esign ${name}`);
  channel.addEventListener('message', changed, { signal });
  signal.addEventListener('abort', () => channel.close());
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- channels are of one origin
  return { tell: () => channel.postMessage('changed') };
}
