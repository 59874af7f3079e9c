/*
 * Adds what pdf.js uses and the oldest supported browsers do not have; what a browser has is left alone. pdf.js's
 * own build for older browsers brings a library that takes longer to start than page 1 takes to be drawn.
 */

type Methods = Record<string, (...given: never[]) => unknown>;

function lend(owner: object, methods: Methods): void {
  for (const [name, value] of Object.entries(methods)) {
    if (!(name in owner)) Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  }
}

const ofMaps: Methods = {
  getOrInsert(this: Map<unknown, unknown>, key: unknown, value: unknown) {
    if (!this.has(key)) this.set(key, value);
    return this.get(key);
  },
  getOrInsertComputed(this: Map<unknown, unknown>, key: unknown, compute: (key: unknown) => unknown) {
    if (!this.has(key)) this.set(key, compute(key));
    return this.get(key);
  },
};
lend(Map.prototype, ofMaps);
lend(WeakMap.prototype, ofMaps);

lend(Promise, {
  try: (work: (...given: unknown[]) => unknown, ...given: unknown[]) =>
    new Promise((resolve) => {
      resolve(work(...given));
    }),
});
// pdf.js adds up whole numbers, and widths in a line of text: those need not be exact to the last bit.
lend(Math, { sumPrecise: (numbers: Iterable<number>) => Array.from(numbers).reduce((sum, one) => sum + one, 0) });
lend(URL, { parse: (address: string, base?: string) => (URL.canParse(address, base) ? new URL(address, base) : null) });

lend(Uint8Array, { fromBase64: (text: string) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)) });
lend(Uint8Array.prototype, {
  toHex(this: Uint8Array) {
    return Array.from(this, (byte) => byte.toString(16).padStart(2, '0')).join('');
  },
  toBase64(this: Uint8Array) {
    return btoa(Array.from(this, (byte) => String.fromCharCode(byte)).join(''));
  },
});

const iterator = Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object;
if (!('Iterator' in globalThis)) {
  const value = Object.defineProperty(() => {}, 'prototype', { value: iterator });
  Object.defineProperty(globalThis, 'Iterator', { value, configurable: true, writable: true });
}

type Judge = (value: unknown, index: number) => unknown;

// Like the real methods, these read one value after the other, and no further than they must.
lend(iterator, {
  *map(this: Iterable<unknown>, change: Judge) {
    let index = 0;
    for (const value of this) yield change(value, index++);
  },
  *filter(this: Iterable<unknown>, wanted: Judge) {
    let index = 0;
    for (const value of this) if (wanted(value, index++)) yield value;
  },
  *flatMap(this: Iterable<unknown>, change: Judge) {
    let index = 0;
    for (const value of this) yield* change(value, index++) as Iterable<unknown>;
  },
  *take(this: Iterable<unknown>, most: number) {
    let index = 0;
    if (most > 0) for (const value of this) if ((yield value, ++index >= most)) return;
  },
  *drop(this: Iterable<unknown>, first: number) {
    let index = 0;
    for (const value of this) if (index++ >= first) yield value;
  },
  forEach(this: Iterable<unknown>, act: Judge) {
    let index = 0;
    for (const value of this) act(value, index++);
  },
  some(this: Iterable<unknown>, wanted: Judge) {
    let index = 0;
    for (const value of this) if (wanted(value, index++)) return true;
    return false;
  },
  every(this: Iterable<unknown>, wanted: Judge) {
    let index = 0;
    for (const value of this) if (!wanted(value, index++)) return false;
    return true;
  },
  find(this: Iterable<unknown>, wanted: Judge) {
    let index = 0;
    for (const value of this) if (wanted(value, index++)) return value;
    return undefined;
  },
  toArray(this: Iterable<unknown>) {
    return [...this];
  },
});
