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
  mountIn,
  mountRead,
  openTab,
  positionOf,
  pause,
  readPage,
  sign,
  textOf,
  until,
  untilRead,
} from '../../test/visit.ts';
import type { FakeClaims } from '../../test/fake-service.ts';
import { openDraftFile } from '../companion/draft-file.ts';
import { openDrafts, type Draft } from '../companion/drafts.ts';
import type { TuEsign } from './tu-esign.ts';

const isConsented = (element: TuEsign) => (find(element, '.consent input') as HTMLInputElement).checked;
const missing = (element: TuEsign) => find(element, '#missing')?.textContent ?? '';
const isReady = (element: TuEsign) => find(element, '.primary')?.getAttribute('aria-disabled') === 'false';
/** Tokens with so little life that one is asked for at every call, so that what they say may change. */
const shortLived = (claims: FakeClaims) => () => Promise.resolve(mint({ ...claims, exp: Date.now() / 1000 + 15 }));

describe('nothing is lost', () => {
  afterEach(clearPage);

  it('pain 1: autograph, consent and place survive a reload', async () => {
    const claims = createClaims({ document: { digest: fortyPages } });
    const tab = await openTab();
    const element = await mountIn(tab, claims);
    await draw(element);
    find(element, '.consent input').click();
    const scroller = find(element, '.scroller');
    scroller.scrollTop = scroller.scrollHeight / 2;
    const position = () => positionOf(element);
    await until(() => position() !== 'Página 1 de 40', 'scrolled');
    const [drawn, place] = [inkOf(canvasOf(element)), position()];
    await untilKept(claims, (draft) => `Página ${draft.place?.page} de 40` === place && draft.consented !== null);
    tab.contentWindow!.location.reload();
    await until(() => !tab.contentDocument!.querySelector('tu-esign'), 'gone');
    await until(() => tab.contentWindow?.customElements?.get('tu-esign'), 'a tab again');
    const again = await mountIn(tab, claims);
    await until(() => isReady(again), 'nothing is missing');
    expect(inkOf(canvasOf(again))).to.equal(drawn);
    expect(isConsented(again)).to.equal(true);
    await until(() => positionOf(again) === place, 'place');
    const signed = heard(again, 'tu-esign-signed');
    find(again, '.primary').click();
    await signed;
  });

  it('does not have pages read again that were read before', async () => {
    const claims = createClaims({ policy: { readAllPages: true } });
    const first = await mountRead({ claims });
    await readPage(first, 1, () => missing(first).includes('leer la página 2'));
    await readPage(first, 2, () => !missing(first).includes('leer'));
    await untilKept(claims, (draft) => draft.place?.viewed.length === 2);
    clearPage();
    const again = await mountRead({ claims });
    await until(() => !missing(again).includes('leer'), 'given back');
    await sign(again);
    await until(() => find(again, '.files'), 'signed');
  });

  it('gives nobody what another request left, and forgets what was signed', async () => {
    const before = await countDrafts();
    const claims = createClaims();
    const first = await mountRead({ claims });
    await draw(first);
    await untilKept(claims, ({ autograph }) => autograph !== null);
    clearPage();
    const other = await mountRead();
    await pause(300);
    expect(inkOf(canvasOf(other))).to.equal(0);
    clearPage();
    const again = await mountRead({ claims });
    await until(() => inkOf(canvasOf(again)) > 0, 'given back');
    await sign(again);
    await until(() => find(again, '.files'), 'signed');
    clearPage();
    await until(async () => (await countDrafts()) === before, 'forgotten');
  });

  it('works where the browser keeps IndexedDB from the page', async () => {
    const kept = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    Object.defineProperty(globalThis, 'indexedDB', { value: undefined, configurable: true });
    try {
      const element = await mountRead();
      const signed = heard(element, 'tu-esign-signed');
      await sign(element);
      await signed;
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', kept);
    }
  });
});

describe('the line', () => {
  afterEach(clearPage);

  it('is shown when it is down, and the post goes out by itself when it is back', async () => {
    const claims = createClaims({ cut: { at: 'signings', times: 99 } });
    const element = await mountRead({ getToken: shortLived(claims) });
    const errors: string[] = [];
    element.addEventListener('tu-esign-error', ({ problem }) => errors.push(problem));
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await until(() => textOf(element).includes('se enviará por sí sola'), 'it is said');
    delete claims.cut;
    dispatchEvent(new Event('online'));
    await signed;
    expect(errors).to.deep.equal([]);
    expect(textOf(element)).not.to.contain('Sin conexión');
  });

  it('is shown as the browser tells of it, without a call', async () => {
    const element = await mountRead();
    dispatchEvent(new Event('offline'));
    await until(() => textOf(element).includes('Sin conexión. Su firma sigue aquí'), 'offline');
    dispatchEvent(new Event('online'));
    await until(() => !textOf(element).includes('Sin conexión'), 'online');
  });

  it('pain 6: a service that cannot be reached is told to the host, with a hint for its developers', async () => {
    const element = mount({ serviceUrl: 'http://localhost:9' });
    const { problem, hint, retryable } = await heard(element, 'tu-esign-error');
    expect([problem, retryable]).to.deep.equal(['network', true]);
    expect(hint).to.contain('Nothing answers at http://localhost:9/');
    await until(() => textOf(element).includes('Sin conexión'), 'the signatory is told');
  });

  it('pain 6: a service that does not know the page’s origin is told apart', async () => {
    const other = location.origin.replace('localhost', '127.0.0.1');
    const { hint } = await heard(mount({ serviceUrl: other }), 'tu-esign-error');
    expect(hint).to.contain(`${other} answers, but ${location.origin} may not read its answers (CORS)`);
  });
});

describe('pain 4: a token that does not come', () => {
  afterEach(clearPage);

  const hosts = {
    'token-source': () => Promise.reject(new Error('the session of the host is over')),
    'token-timeout': () => new Promise<string>(() => {}),
    'token-malformed': () => Promise.resolve('<!doctype html><title>Log in</title>'),
  };
  for (const [type, getToken] of Object.entries(hosts)) {
    it(`is told to host and signatory, and no spinner stays: ${type}`, async () => {
      await hastened(async () => {
        const element = mount({ getToken });
        const { problem, hint } = await heard(element, 'tu-esign-error');
        expect(problem).to.equal(type);
        expect(hint).to.contain('getToken');
        await until(() => find(element, `[data-problem=${type}]`), 'a message');
        expect(find(element, '.panel .spinner, .panel .bones')).to.equal(null);
      });
    });
  }

  it('mid-way, leaves the ink where it is and offers to renew', async () => {
    const claims = createClaims();
    let refuses = false;

    const mintShort = shortLived(claims);
    const getToken = () => (refuses ? Promise.reject(new Error('logged out')) : mintShort());
    const element = await mountRead({ getToken });
    await draw(element);
    find(element, '.consent input').click();
    await until(() => isReady(element), 'ready');
    refuses = true;
    find(element, '.primary').click();
    const renew = await until(() => find(element, '[data-problem=token-source] button'), 'a message');
    expect(inkOf(canvasOf(element))).to.be.greaterThan(0);
    refuses = false;
    renew.click();
    await until(() => !find(element, '.problem'), 'renewed');
    const signed = heard(element, 'tu-esign-signed');
    find(element, '.primary').click();
    await signed;
  });
});

describe('two tabs', () => {
  afterEach(clearPage);

  it('show the finished signing when the other has signed, without an error', async () => {
    const claims = createClaims();
    const tabs = [await openTab(), await openTab()] as const;
    const [one, other] = [await mountIn(tabs[0], claims), await mountIn(tabs[1], claims)];
    const errors: string[] = [];
    for (const element of [one, other])
      element.addEventListener('tu-esign-error', ({ problem }) => errors.push(problem));
    const heardThere = heard(other, 'tu-esign-signed');
    await sign(one);
    expect((await heardThere).identifier).to.equal(claims.identifier);
    await until(() => find(other, '.files'), 'the files are shown');
    expect(errors).to.deep.equal([]);
  });

  it('never sign twice, even at the same moment', async () => {
    const claims = createClaims();
    const [one, other] = await Promise.all([mountRead({ claims }), mountRead({ claims })]);
    const errors: string[] = [];
    for (const element of [one, other])
      element.addEventListener('tu-esign-error', ({ problem }) => errors.push(problem));
    await draw(one);
    await draw(other);
    for (const element of [one, other]) find(element, '.consent input').click();
    await until(() => isReady(one) && isReady(other), 'both are ready');
    const ends = Promise.all([heard(one, 'tu-esign-signed'), heard(other, 'tu-esign-signed')]);
    find(one, '.primary').click();
    find(other, '.primary').click();
    const [first, second] = await ends;
    expect(first.id).to.equal(second.id);
    expect(errors).to.deep.equal([]);
  });
});

describe('pain 10: an element that is moved', () => {
  afterEach(clearPage);

  it('keeps ink and consent, and goes on', async () => {
    const element = await mountRead();
    await draw(element);
    find(element, '.consent input').click();
    const elsewhere = document.createElement('section');
    document.body.append(elsewhere);
    elsewhere.append(element);
    await untilRead(element);
    await until(() => isReady(element), 'nothing is missing');
    const signed = heard(element, 'tu-esign-signed');
    find(element, '.primary').click();
    await signed;
  });

  it('asks once for token and request when it is mounted, taken out and mounted in one go', async () => {
    performance.clearResourceTimings();
    const element = mount();
    element.remove();
    document.body.append(element);
    await untilRead(element);
    const asked = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/signing-request'));
    expect(asked.length).to.equal(1);
  });
});

describe('pain 14: a host that ends idle sessions', () => {
  afterEach(clearPage);

  it('is told that the signatory is at it, every ten seconds at most', async () => {
    const element = await mountRead();
    let told = 0;
    element.addEventListener('tu-esign-activity', () => (told += 1));
    await draw(element);
    find(element, '.scroller').scrollTop = 20;
    await until(() => told > 0, 'told');
    await draw(element);
    await pause(100);
    expect(told).to.equal(1);
  });
});

/** Waits until what the signatory has done of a visit is kept, as it is wanted. */
async function untilKept(claims: FakeClaims, isWanted: (draft: Draft) => boolean): Promise<void> {
  const answer = await fetch('/v1/signing-request', { headers: { authorization: `Bearer ${mint(claims)}` } });
  const { draftKey } = (await answer.json()) as { draftKey: string };
  const drafts = (await openDrafts(draftKey))!;
  await until(async () => {
    const draft = await drafts.load();
    return draft && isWanted(draft);
  }, 'kept');
  drafts.close();
}

async function countDrafts(): Promise<number> {
  const file = await openDraftFile();
  const names = await file.names();
  file.close();
  return names.length;
}
