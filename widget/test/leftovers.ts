type Ended = 'terminate' | 'close';
type Listening = (
  this: EventTarget | undefined,
  type: string,
  listener: EventListenerOrEventListenerObject | null,
  options?: boolean | AddEventListenerOptions,
) => void;

/** What a page keeps when an element is gone, if nobody takes it away. */
const isLasting = (target: EventTarget): boolean =>
  target === globalThis ||
  target === document ||
  target === document.documentElement ||
  target === document.body ||
  target === globalThis.visualViewport ||
  target instanceof MediaQueryList;

/** Counts what is begun from now on and not ended: listeners on what lasts, workers, channels and streams. */
export class Leftovers {
  readonly #left = new Map<object, string>();
  readonly #undo: (() => void)[] = [];

  constructor() {
    this.#watchListeners();
    this.#watchClass('Worker', 'terminate');
    this.#watchClass('BroadcastChannel', 'close');
    this.#watchClass('EventSource', 'close');
  }

  get names(): string[] {
    return [...this.#left.values()];
  }

  /** Puts everything back as it was. */
  stop(): void {
    for (const undo of this.#undo) undo();
  }

  #watchListeners(): void {
    const prototype = EventTarget.prototype as unknown as Record<`${'add' | 'remove'}EventListener`, Listening>;
    const { addEventListener: add, removeEventListener: remove } = prototype;
    const left = this.#left;
    prototype.addEventListener = function (type, listener, options) {
      const target = this ?? globalThis;
      add.call(target, type, listener, options);
      if (!listener || !isLasting(target)) return;
      left.set(listener, `${type} on ${target.constructor.name}`);
      const { once, signal } = typeof options === 'object' ? options : {};
      const gone = () => left.delete(listener);
      if (signal?.aborted) gone();
      if (signal) add.call(signal, 'abort', gone);
      if (once) add.call(target, type, gone, { once });
    };
    prototype.removeEventListener = function (type, listener, options) {
      remove.call(this ?? globalThis, type, listener, options);
      if (listener) left.delete(listener);
    };
    this.#undo.push(() => Object.assign(prototype, { addEventListener: add, removeEventListener: remove }));
  }

  #watchClass(name: 'Worker' | 'BroadcastChannel' | 'EventSource', end: Ended): void {
    const scope = globalThis as unknown as Record<string, new (...args: unknown[]) => object>;
    const Real = scope[name]!;
    const left = this.#left;
    class Watched extends Real {
      constructor(...args: unknown[]) {
        super(...args);
        left.set(this, name);
      }
    }
    const { prototype } = Real as { prototype: Record<Ended, () => void> };
    Object.assign(Watched.prototype, {
      [end](this: object) {
        left.delete(this);
        prototype[end].call(this);
      },
    });
    scope[name] = Watched;
    this.#undo.push(() => (scope[name] = Real));
  }
}
