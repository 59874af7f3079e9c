import { expect } from 'chai';

const iterator = Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object;

/** What is lent where it is missing. */
const lent: [object, string[]][] = [
  [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [WeakMap.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [Promise, ['try']],
  [Math, ['sumPrecise']],
  [URL, ['parse']],
  [Uint8Array, ['fromBase64']],
  [Uint8Array.prototype, ['toHex', 'toBase64']],
  [iterator, ['map', 'filter', 'flatMap', 'take', 'drop', 'forEach', 'some', 'every', 'find', 'toArray']],
  [globalThis, ['Iterator']],
];

/** Written by name, as not every browser's types have them all. */
type Loose = Record<string, (...given: unknown[]) => never>;
const loose = (owner: unknown) => owner as Loose;
const numbers = () => loose(new Set([1, 2, 3, 4]).values());
const isEven = (one: unknown) => Number(one) % 2 === 0;
const list = (made: unknown) => [...(made as Iterable<unknown>)];

describe('what older browsers lack', () => {
  const natives: [object, string, PropertyDescriptor | undefined][] = [];

  before(async () => {
    for (const [owner, names] of lent) {
      for (const name of names) {
        natives.push([owner, name, Object.getOwnPropertyDescriptor(owner, name)]);
        Reflect.deleteProperty(owner, name);
      }
    }
    // Another address is another module, which lends anew.
    const again = './older-browsers.ts?again';
    await import(again);
  });

  after(() => {
    for (const [owner, name, native] of natives) {
      Reflect.deleteProperty(owner, name);
      if (native) Object.defineProperty(owner, name, native);
    }
  });

  it('is lent, hidden from loops over names', () => {
    for (const [owner, names] of lent) {
      for (const name of names) expect(Object.getOwnPropertyDescriptor(owner, name)?.enumerable, name).to.equal(false);
    }
  });

  it('keeps what a map has, and computes what it has not', () => {
    const map = loose(new Map([['a', 1]]));
    expect(map.getOrInsert!('a', 2)).to.equal(1);
    expect(map.getOrInsertComputed!('b', (key: unknown) => `${String(key)}!`)).to.equal('b!');
    expect(map.getOrInsertComputed!('b', () => 'not asked')).to.equal('b!');
  });

  it('makes a promise of what throws', async () => {
    const refused = loose(Promise).try!(() => {
      throw new Error('no');
    }) as Promise<never>;
    expect(await refused.catch((error: Error) => error.message)).to.equal('no');
    const kept = loose(Promise).try!((one: unknown) => one, 1) as Promise<number>;
    expect(await kept).to.equal(1);
  });

  it('adds, and reads addresses and bytes', () => {
    expect(loose(Math).sumPrecise!([1, 2, 3])).to.equal(6);
    expect(loose(URL).parse!('a', 'http://b/')).to.have.property('href', 'http://b/a');
    expect(loose(URL).parse!('a')).to.equal(null);
    const bytes = loose(loose(Uint8Array).fromBase64!('AP8Q'));
    expect(bytes.toHex!()).to.equal('00ff10');
    expect(bytes.toBase64!()).to.equal('AP8Q');
  });

  it('goes through what is iterated', () => {
    expect(list(numbers().map!((one: unknown, at: unknown) => Number(one) * Number(at)))).to.deep.equal([0, 2, 6, 12]);
    expect(list(numbers().filter!(isEven))).to.deep.equal([2, 4]);
    expect(list(numbers().flatMap!((one: unknown) => [one, one]))).to.have.length(8);
    expect([list(numbers().take!(2)), list(numbers().take!(0)), list(numbers().drop!(3))]).to.deep.equal([
      [1, 2],
      [],
      [4],
    ]);
    expect([numbers().some!(isEven), numbers().every!(isEven), numbers().find!(isEven)]).to.deep.equal([
      true,
      false,
      2,
    ]);
    const seen: unknown[] = [];
    numbers().forEach!((one: unknown) => seen.push(one));
    expect([seen, numbers().toArray!()]).to.deep.equal([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });
});
