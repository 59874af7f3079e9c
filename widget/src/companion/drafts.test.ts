import { expect } from 'chai';
import { openDraftFile } from './draft-file.ts';
import { decode, encode } from './draft-encoding.ts';
import { openDrafts, type Draft } from './drafts.ts';

const createKey = (): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
const draft: Draft = {
  autograph: { strokes: [{ points: [{ x: 1.5, y: -2, pressure: 0.25 }] }], secret: 'trazos' },
  consented: 'a'.repeat(64),
  place: { page: 3, x: 0, y: 0.5, zoom: 1.25, document: 'one', viewed: [1, 3] },
};
const hour = 3_600_000;

describe('drafts', () => {
  it('are given back to the next visit to the same request, and to no other', async () => {
    const key = createKey();
    const first = (await openDrafts(key))!;
    await first.save(draft);
    expect(await (await openDrafts(key))!.load()).to.deep.equal(draft);
    expect(await (await openDrafts(createKey()))!.load()).to.equal(null);
    await first.discard();
    expect(await first.load()).to.equal(null);
  });

  it('lie on the disk unreadable, under a name that tells nothing', async () => {
    const key = createKey();
    const drafts = (await openDrafts(key))!;
    await drafts.save(draft);
    const file = await openDraftFile();
    const { data, iv } = (await file.read(drafts.name))!;
    expect(new TextDecoder('latin1').decode(data)).not.to.contain('trazos');
    expect(drafts.name).to.match(/^[0-9a-f]{64}$/);
    await file.write(drafts.name, { savedAt: Date.now(), iv, data: data.slice(1) });
    const refusal = await drafts.load().then(
      () => 'read',
      (error: Error) => error.name,
    );
    expect(refusal).to.equal('OperationError');
    await drafts.discard();
  });

  it('are gone after an hour, whoever comes next', async () => {
    const key = createKey();
    const old = (await openDrafts(key, () => Date.now() - hour - 1))!;
    await old.save(draft);
    const file = await openDraftFile();
    expect(await file.read(old.name)).not.to.equal(undefined);
    await openDrafts(createKey());
    expect(await file.read(old.name)).to.equal(undefined);
  });

  it('do without a browser that keeps IndexedDB from the page', async () => {
    const kept = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    const refusing = {
      open: () => {
        throw new DOMException('private window', 'SecurityError');
      },
    };
    for (const value of [undefined, refusing]) {
      Object.defineProperty(globalThis, 'indexedDB', { value, configurable: true });
      try {
        expect(await openDrafts(createKey())).to.equal(null);
      } finally {
        Object.defineProperty(globalThis, 'indexedDB', kept);
      }
    }
  });

  it('keep whatever an autograph is made of', async () => {
    const png = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' });
    const value = {
      png,
      points: new Float32Array([0.5, 2]),
      bytes: new Uint8Array([9]).buffer,
      text: 'Ñandú',
      none: null,
    };
    const back = decode(await encode(value)) as typeof value;
    expect(back.png.type).to.equal('image/png');
    expect([...new Uint8Array(await back.png.arrayBuffer())]).to.deep.equal([1, 2, 3]);
    expect([...back.points]).to.deep.equal([0.5, 2]);
    expect(back.bytes.byteLength).to.equal(1);
    expect([back.text, back.none]).to.deep.equal(['Ñandú', null]);
  });
});
