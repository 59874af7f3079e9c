import { problems, type ProblemType } from '@tu-esign/contract';
import { expect } from 'chai';
import {
  canvasOf,
  clearPage,
  createClaims,
  draw,
  find,
  fortyPages,
  hastened,
  heard,
  inkOf,
  mint,
  mount,
  mountRead,
  notWhole,
  pause,
  positionOf,
  textOf,
  twoPages,
  until,
} from '../../test/visit.ts';
import { loadMessages } from '../words/load-messages.ts';

// The others send the element to read the truth, or are tried again for some seconds first: session.test.ts.
const conflicts = ['already-signed', 'already-declined'];
// It ends the visit: nothing is sent after it.
const ending = 'request-withdrawn';
const passing = ['rate-limited', 'overloaded', 'storage-unavailable', 'internal', 'host-keys-unavailable'];
const toldAtOnce = (Object.keys(problems) as ProblemType[]).filter(
  (type) => ![...conflicts, ...passing, ending].includes(type),
);

function refuse(): void {
  throw new DOMException('refused by policy', 'SecurityError');
}

describe('<tu-esign>', () => {
  afterEach(clearPage);

  it('loads nothing until it has a token source, and loads when it comes late', async () => {
    const element = document.createElement('tu-esign');
    element.serviceUrl = location.origin;
    document.body.append(element);
    await pause(200);
    expect(element.shadowRoot!.querySelector('.page')).to.equal(null);
    const ready = heard(element, 'tu-esign-ready');
    element.getToken = () => Promise.resolve(mint(createClaims()));
    await ready;
    const canvas = find(element, '.page canvas') as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    expect(data.some((value, index) => index % 4 === 0 && value < 100)).to.equal(true);
  });

  it('asks for the token once, and for the document once, in a visit', async () => {
    let asked = 0;
    performance.clearResourceTimings();
    await mountRead({
      getToken: () => {
        asked += 1;
        return Promise.resolve(mint(createClaims()));
      },
    });
    const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(twoPages));
    expect([asked, fetched.length]).to.deep.equal([1, 1]);
  });

  it('offers no form and says why when a page cannot be drawn whole', async () => {
    const element = mount({ claims: { document: { digest: notWhole } } });
    const { problem } = await heard(element, 'tu-esign-error');
    expect(problem).to.equal('page-incomplete');
    await until(() => textOf(element).includes('La página 1 no se pudo mostrar completa'), 'said');
    await until(() => !find(element, '.primary'), 'the form is gone');
    expect(find(element, '.pad, .consent, .bar .next, [data-tool=signature]')).to.equal(null);
  });

  it('refuses a document that is not the one of the digest', async () => {
    const element = mount({ claims: { alter: true } });
    expect((await heard(element, 'tu-esign-error')).problem).to.equal('document-altered');
    expect(element.shadowRoot!.querySelector('.page')).to.equal(null);
  });

  it('paints the pages near the window and lets go of the others', async () => {
    const element = await mountRead({ claims: { document: { digest: fortyPages } } });
    const painted = () =>
      [...element.shadowRoot!.querySelectorAll<HTMLElement>('.page')].filter((page) => page.querySelector('canvas'));
    expect(painted().length).to.be.lessThan(8);
    const scroller = find(element, '.scroller');
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => painted().some((page) => page.dataset.page === '40'), 'last page');
    await until(() => painted().every((page) => page.dataset.page !== '1'), 'first page let go');
    await until(() => positionOf(element) === 'Página 40 de 40', 'position');
  });

  it('zooms by button and by key, and lays real text over the page', async () => {
    const element = await mountRead();
    await until(() => find(element, '.textLayer')?.textContent.includes('Agreement, page 1'), 'text');
    const width = () => find(element, '.page').offsetWidth;
    const fitted = width();
    find(element, '[aria-label="Acercar"]').click();
    await until(() => width() > fitted);
    find(element, '.scroller').dispatchEvent(new KeyboardEvent('keydown', { key: '0' }));
    await until(() => width() === fitted);
  });

  it('survives being taken out and put back: it loads once more, and the ink is still there', async () => {
    const element = await mountRead();
    await draw(element);
    const drawn = inkOf(canvasOf(element));
    element.remove();
    await pause(50);
    performance.clearResourceTimings();
    document.body.append(element);
    await heard(element, 'tu-esign-ready');
    await until(() => find(element, '.pad canvas'));
    const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(twoPages));
    expect(fetched.length).to.equal(1);
    await until(() => inkOf(canvasOf(element)) === drawn, 'the ink');
  });

  it('ends its workers when it is taken out', async () => {
    const RealWorker = globalThis.Worker;
    let running = 0;
    globalThis.Worker = class extends RealWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        running += 1;
      }
      override terminate(): void {
        running -= 1;
        super.terminate();
      }
    };
    try {
      const element = await mountRead();
      expect(running).to.equal(1);
      element.remove();
      await until(() => running === 0, 'no worker left');
    } finally {
      globalThis.Worker = RealWorker;
    }
  });

  it('draws on the page’s own thread where workers are forbidden', async () => {
    const RealWorker = globalThis.Worker;
    globalThis.Worker = refuse as unknown as typeof Worker;
    try {
      await mountRead();
    } finally {
      globalThis.Worker = RealWorker;
    }
  });

  it('works twice on one page, each with a signing of its own', async () => {
    const [one, other] = await Promise.all([mountRead(), mountRead({ claims: { locale: 'en' } })]);
    expect(textOf(one)).to.contain('Firmar documento');
    expect(textOf(other)).to.contain('Sign document');
  });

  it('takes a second script tag as harmless', async () => {
    const first = customElements.get('tu-esign');
    await import(`${new URL('../define.ts', import.meta.url).href}?second`);
    expect(customElements.get('tu-esign')).to.equal(first);
  });

  it('tells that the token is expiring, and renews it', async () => {
    const ends: number[] = [];
    const getToken = () => {
      ends.push(Math.floor(Date.now() / 1000) + (ends.length === 0 ? 61 : 300));
      return Promise.resolve(mint(createClaims({ exp: ends.at(-1)! })));
    };
    await hastened(
      async () => {
        const { expiresAt } = await heard(mount({ getToken }), 'tu-esign-token-expiring');
        expect(expiresAt.getTime()).to.equal(ends[0]! * 1000);
        await until(() => ends.length === 2, 'renewed');
      },
      { from: 5_000, to: 5_000 },
    );
  });

  it('says that a page gave it no good service address', async () => {
    const element = document.createElement('tu-esign');
    element.serviceUrl = 'mailto:nobody';
    element.getToken = () => Promise.resolve('');
    const error = heard(element, 'tu-esign-error');
    document.body.append(element);
    expect((await error).problem).to.equal('service-address');
  });

  it('shows every problem in both languages, and keeps the ink through all of them', async () => {
    const texts = { 'es-MX': await loadMessages('es-MX'), en: await loadMessages('en') };
    // A token with so little life is asked for anew at every call, so that each may name another fault.
    const claims = createClaims();
    const getToken = () => Promise.resolve(mint({ ...claims, exp: Date.now() / 1000 + 15 }));
    const element = await mountRead({ getToken });
    await draw(element);
    find(element, '.consent input').click();
    for (const type of [...toldAtOnce, ending] as const) {
      claims.problem = { type, status: problems[type].status, at: 'signings' };
      await until(() => find(element, '.primary')?.getAttribute('aria-disabled') === 'false', `ready before ${type}`);
      find(element, '.primary').click();
      for (const locale of ['es-MX', 'en'] as const) {
        element.locale = locale;
        const text = texts[locale].problems[type];
        await until(
          () => find(element, `[data-problem="${type}"]`)?.textContent.includes(text),
          `${type} in ${locale}`,
        );
      }
    }
  });
});
