import { expect } from 'chai';
import {
  clearPage,
  createClaims,
  damaged,
  find,
  heard,
  jbig2,
  jpx,
  mount,
  openTab,
  stencil,
  textOf,
  until,
  untilRead,
  type TabOptions,
} from '../../test/visit.ts';
import type { TuEsign } from '../index.ts';

const formats = { 'JPEG 2000': jpx, JBIG2: jbig2, 'a JBIG2 stencil': stencil };
const withoutWasm = "script-src 'self' blob:; worker-src blob:";

/** The smallest module there is. */
const nothing = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

async function show(digest: string, options?: TabOptions): Promise<TuEsign> {
  const tab = await openTab(options);
  return mount({ claims: createClaims({ document: { digest } }), page: tab.contentDocument! });
}

/** WebKitGTK compiles it whatever the policy says. */
async function heedsPolicy(): Promise<boolean> {
  const tab = await openTab({ policy: withoutWasm });
  const { WebAssembly } = tab.contentWindow as unknown as typeof globalThis;
  return WebAssembly.compile(nothing).then(
    () => false,
    () => true,
  );
}

/** How many pixels of page 1 are not white. */
function inkOf(element: TuEsign): number {
  const canvas = element.shadowRoot!.querySelector<HTMLCanvasElement>('.page canvas');
  if (!canvas) return 0;
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let ink = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at]! < 250) ink += 1;
  return ink;
}

async function expectShown(element: TuEsign): Promise<void> {
  await untilRead(element);
  await until(() => inkOf(element) > 100, 'the picture');
}

async function expectBlocked(element: TuEsign): Promise<void> {
  const { problem } = await heard(element, 'tu-esign-error');
  expect(problem).to.equal('page-incomplete');
  // What there is of it is shown.
  await until(() => find(element, '.page canvas'), 'the page');
  await until(() => textOf(element).includes('La página 1 no se pudo mostrar completa'), 'said');
  // There is nothing to sign with.
  await until(() => !find(element, '.primary'), 'no form');
}

describe('pictures that need a decoder', () => {
  afterEach(clearPage);

  for (const [format, digest] of Object.entries(formats)) {
    it(`shows ${format}, and lets it be signed`, async () => {
      await expectShown(await show(digest));
    });

    it(`shows ${format} where the policy allows no WebAssembly, by plain script`, async function () {
      if (!(await heedsPolicy())) this.skip();
      await expectShown(await show(digest, { policy: withoutWasm }));
    });

    it(`shows ${format} where WebAssembly is not to be had, by plain script`, async () => {
      await expectShown(await show(digest, { without: 'wasm' }));
    });

    it(`lets nobody sign ${format} where no decoder is to be had, and says so`, async () => {
      await expectBlocked(await show(digest, { without: 'decoders' }));
    });
  }

  it('lets nobody sign a stencil that is damaged, and says so', async () => {
    await expectBlocked(await show(damaged));
  });
});
