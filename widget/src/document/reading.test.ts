import { expect } from 'chai';
import { emulateDensity } from '../../test/media.ts';
import {
  brotli,
  clearPage,
  createClaims,
  disguised,
  find,
  fortyPages,
  heard,
  locked,
  manyPages,
  mixedPages,
  mount,
  mountRead,
  pageOf,
  pause,
  positionOf,
  readPage,
  sign,
  textOf,
  twoPages,
  until,
} from '../../test/visit.ts';
import { signedDocument } from '../../test/signed-document.ts';
import type { TuEsign } from '../index.ts';

const tool = (element: TuEsign, name: string) => find(element, `[data-tool=${name}]`);
const widthOf = (element: TuEsign, number = 1) => pageOf(element, number).offsetWidth;
const isPainted = (element: TuEsign, number: number) => pageOf(element, number).querySelector('canvas') !== null;

const press = (target: HTMLElement, key: string, init: KeyboardEventInit = {}) =>
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));

async function search(element: TuEsign, wish: string): Promise<void> {
  press(find(element, '.scroller'), '/');
  const input = await until(() => find(element, '.search input') as HTMLInputElement | null, 'search field');
  input.value = wish;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const countOf = (element: TuEsign) => find(element, '.search output').textContent;

describe('reading the document', () => {
  afterEach(clearPage);

  it('reads what is compressed by Brotli', async () => {
    const element = mount({ claims: { document: { digest: brotli } } });
    await until(() => element.shadowRoot?.textContent.includes('Agreement, page 2'), 'text of the last page');
    expect(element.shadowRoot!.querySelector('.problem')).to.equal(null);
  });

  it('says so where Brotli is named in disguise and could not be read', async () => {
    const element = mount({ claims: { document: { digest: disguised } } });
    let told: string | undefined;
    element.addEventListener('tu-esign-error', ({ problem }) => (told = problem));
    const isRead = () => element.shadowRoot?.textContent.includes('Agreement, page 2');
    await until(() => isRead() || told, 'text, or a word on it');
    // Newer browsers decompress it themselves.
    if (!isRead()) expect(told).to.equal('page-incomplete');
  });

  it('pain 8: fits the width of a phone, enlarges, and scrolls across to what is then outside', async () => {
    const box = document.createElement('div');
    box.style.width = '375px';
    document.body.append(box);
    const element = mount();
    box.append(element);
    await heard(element, 'tu-esign-ready');
    await until(() => tool(element, 'in'), 'bar');
    const scroller = find(element, '.scroller');
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
    expect(widthOf(element)).to.be.greaterThan(280);
    for (let step = 0; step < 4; step += 1) tool(element, 'in').click();
    expect(widthOf(element)).to.be.greaterThan(560);
    expect(scroller.scrollWidth).to.be.greaterThan(scroller.clientWidth);
    const buttons = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.toolbar button')];
    for (const { offsetWidth, offsetHeight } of buttons.filter((button) => button.offsetParent)) {
      expect(Math.min(offsetWidth, offsetHeight)).to.be.at.least(24);
    }
  });

  it('pain 9: gives each page a name and its text, those not painted as well', async () => {
    const element = await mountRead({ claims: { document: { digest: fortyPages } } });
    const last = await until(() => pageOf(element, 40));
    await until(() => last.textContent.includes('Agreement, page 40'), 'text of the last page');
    expect(isPainted(element, 40)).to.equal(false);
    expect(last.ariaLabel).to.equal('Página 40 de 40');
    expect(last.querySelector('h3')!.textContent).to.equal('Página 40 de 40');
    await until(() => pageOf(element, 1).querySelector('.textLayer span'), 'text laid over the picture');
    expect(pageOf(element, 1).textContent.match(/Agreement, page 1/g)).to.have.length(1);
  });

  it('pain 14: is ready only once the first page can be seen', async () => {
    const element = mount();
    await heard(element, 'tu-esign-ready');
    const canvas = pageOf(element, 1).querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    expect(data.some((value, index) => index % 4 === 0 && value < 100)).to.equal(true);
    expect(canvas.getBoundingClientRect().width).to.be.greaterThan(0);
  });

  it('shows the whole page, and the width again', async () => {
    const element = await mountRead();
    const fitted = widthOf(element);
    const scroller = find(element, '.scroller');
    tool(element, 'fit').click();
    expect(pageOf(element, 1).offsetHeight).to.be.lessThan(scroller.clientHeight);
    tool(element, 'fit').click();
    expect(widthOf(element)).to.equal(fitted);
  });

  it('enlarges by a wheel with Ctrl, and keeps what is under the pointer there', async () => {
    const element = await mountRead();
    const scroller = find(element, '.scroller');
    const page = pageOf(element, 1).getBoundingClientRect();
    const at = { clientX: page.left + 100, clientY: page.top + 120 };
    const before = (at.clientY - page.top) / page.height;
    const turn = (ctrlKey: boolean) =>
      scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: -40, ctrlKey, cancelable: true, bubbles: true, ...at }));
    expect(turn(false)).to.equal(true);
    expect(widthOf(element)).to.be.closeTo(page.width, 1);
    expect(turn(true)).to.equal(false);
    const after = pageOf(element, 1).getBoundingClientRect();
    expect(after.width).to.be.greaterThan(page.width * 1.3);
    expect((at.clientY - after.top) / after.height).to.be.closeTo(before, 0.005);
  });

  it('enlarges by two fingers, and leaves one finger to the browser', async () => {
    const element = await mountRead();
    const scroller = find(element, '.scroller');
    const page = pageOf(element, 1).getBoundingClientRect();
    // Not every engine makes touch events where there is nothing to touch.
    const fingers = (type: string, ...places: [number, number][]): boolean => {
      const touches = places.map(([x, y], identifier) => ({
        identifier,
        clientX: page.left + x,
        clientY: page.top + y,
      }));
      const event = new Event(type, { cancelable: true, bubbles: true });
      return scroller.dispatchEvent(Object.assign(event, { touches, changedTouches: touches }));
    };
    expect(getComputedStyle(scroller).touchAction).to.equal('pan-x pan-y');
    expect(fingers('touchstart', [100, 100])).to.equal(true);
    expect(fingers('touchmove', [100, 80])).to.equal(true);
    expect(fingers('touchstart', [100, 100], [200, 100])).to.equal(false);
    expect(fingers('touchmove', [50, 100], [250, 100])).to.equal(false);
    const after = pageOf(element, 1).getBoundingClientRect();
    expect(after.width).to.be.closeTo(page.width * 2, 2);
    const middle = (page.left + 150 - after.left) / after.width;
    expect(middle).to.be.closeTo(150 / page.width, 0.01);
    fingers('touchend', [100, 100]);
    fingers('touchmove', [20, 100]);
    expect(widthOf(element)).to.be.closeTo(page.width * 2, 2);
  });

  it('goes to the page that is asked for, and takes nonsense back', async () => {
    const element = await mountRead({ claims: { document: { digest: fortyPages } } });
    const input = find(element, '.position input') as HTMLInputElement;
    const ask = (value: string) => {
      input.value = value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    };
    const { scrollY } = window;
    ask('17');
    await until(() => positionOf(element) === 'Página 17 de 40', 'page 17');
    await until(() => isPainted(element, 17), 'page 17 painted');
    expect(window.scrollY).to.equal(scrollY);
    ask('x');
    expect(input.value).to.equal('17');
    ask('4711');
    await until(() => positionOf(element) === 'Página 40 de 40', 'last page');
  });

  it('searches every page, whatever the accents, and goes from one hit to the next', async () => {
    const element = await mountRead({ claims: { document: { digest: mixedPages } } });
    await search(element, 'OBLIGACION');
    await until(() => countOf(element) === '1 de 4', 'four hits');
    await until(() => pageOf(element, 1).querySelector('.hits .now'), 'first hit marked');
    const input = find(element, '.search input');
    press(input, 'Enter');
    await until(() => countOf(element) === '2 de 4', 'second hit');
    await until(() => pageOf(element, 2).querySelector('.hits .now'), 'second hit marked');
    press(input, 'Enter', { shiftKey: true });
    press(input, 'Enter', { shiftKey: true });
    await until(() => countOf(element) === '4 de 4', 'round to the last');
    const marked = await until(() => pageOf(element, 4).querySelector('.hits .now'), 'last hit marked');
    const pane = find(element, '.scroller').getBoundingClientRect();
    await until(() => marked.getBoundingClientRect().top < pane.bottom, 'last hit in view');
    await search(element, 'nada de esto');
    await until(() => countOf(element) === 'Sin resultados', 'no hit');
    press(input, 'Escape');
    await until(() => !find(element, '.search input'), 'closed');
    expect(element.shadowRoot!.activeElement?.className).to.equal('scroller');
    expect(element.shadowRoot!.querySelector('.hits')).to.equal(null);
  });

  it('leaves Ctrl+F and a slash that is typed to the browser', async () => {
    const element = await mountRead();
    const scroller = find(element, '.scroller');
    expect(press(scroller, 'f', { ctrlKey: true })).to.equal(true);
    expect(press(find(element, '.position input'), '/')).to.equal(true);
    expect(find(element, '.search')).to.equal(null);
    expect(press(scroller, '/')).to.equal(false);
  });

  it('shows pages across, turned and huge ones whole in the width, at one scale with the others', async () => {
    const element = await mountRead({ claims: { document: { digest: mixedPages } } });
    const scroller = find(element, '.scroller');
    const [upright, across] = [pageOf(element, 1), pageOf(element, 2)];
    const [turned, huge] = [pageOf(element, 3), pageOf(element, 4)];
    expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
    expect(across.offsetWidth).to.be.closeTo(upright.offsetWidth, 1);
    expect(turned.offsetWidth).to.be.greaterThan(turned.offsetHeight);
    expect(huge.offsetHeight / huge.offsetWidth).to.be.closeTo(1.4, 0.01);
    huge.scrollIntoView();
    await until(() => huge.querySelector('.textLayer span'), 'text of the huge page');
  });

  it('leaves out printed margins on a phone, of pages of several widths too, and nothing that is printed', async () => {
    const element = await mountRead({ claims: { document: { digest: mixedPages } } });
    element.style.inlineSize = '375px';
    const list = await until(() => find(element, '.trimmed'), 'margins left out');
    const box = find(element, '.scroller').getBoundingClientRect();
    for (let page = 1; page <= 4; page += 1) {
      pageOf(element, page).scrollIntoView();
      const text = await until(() => pageOf(element, page).querySelector('.textLayer span'), `text of page ${page}`);
      const cut = Number.parseFloat(getComputedStyle(list).getPropertyValue('--_left'));
      expect(cut).to.be.greaterThan(0);
      expect(text.getBoundingClientRect().left).to.be.greaterThan(box.left);
    }
  });

  it('marks where the signature goes, and leads there', async () => {
    const placement = { page: 30, x: 300, y: 60, width: 200, height: 80 };
    const element = await mountRead({ claims: { document: { digest: fortyPages }, placement } });
    const mark = await until(() => pageOf(element, 30).querySelector<HTMLElement>('.place'), 'mark');
    expect(mark.textContent).to.equal('Aquí irá su firma');
    tool(element, 'signature').click();
    await until(() => positionOf(element).startsWith('Página 30') || positionOf(element).startsWith('Página 29'));
    await until(() => isPainted(element, 30), 'page painted');
    const [box, page] = [mark.getBoundingClientRect(), pageOf(element, 30).getBoundingClientRect()];
    expect((box.left - page.left) / page.width).to.be.closeTo(300 / 595, 0.01);
    expect((page.bottom - box.bottom) / page.height).to.be.closeTo(60 / 842, 0.01);
    const pane = find(element, '.scroller').getBoundingClientRect();
    expect(box.top).to.be.within(pane.top, pane.bottom);
  });

  it('leads to the last page where nobody knows where the signature goes', async () => {
    const element = await mountRead({ claims: { document: { digest: fortyPages }, placeUnknown: true } });
    tool(element, 'signature').click();
    await until(() => positionOf(element) === 'Página 40 de 40', 'last page');
  });

  it('has thumbnails where there is room for them, and paints only those in view', async () => {
    const box = document.createElement('div');
    box.style.width = '1300px';
    document.body.append(box);
    const element = mount({ claims: { document: { digest: fortyPages } } });
    box.append(element);
    await until(() => find(element, '.thumbnail'), 'thumbnails');
    const canvases = () =>
      [...element.shadowRoot!.querySelectorAll<HTMLCanvasElement>('.thumbnail canvas')].filter(
        ({ width }) => width > 0,
      );
    await until(() => canvases().length > 1, 'thumbnails painted');
    expect(canvases().length).to.be.lessThan(20);
    const buttons = [...element.shadowRoot!.querySelectorAll<HTMLElement>('.thumbnail')];
    expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1);
    const [passed] = canvases();
    press(buttons[0]!, 'End');
    await until(() => positionOf(element) === 'Página 40 de 40', 'last page');
    expect(element.shadowRoot!.activeElement).to.equal(buttons[39]);
    await until(() => !passed!.isConnected && passed!.width === 0, 'the canvas of the one passed by let go');
    tool(element, 'thumbnails').click();
    expect(find(element, '.thumbnails').offsetWidth).to.equal(0);
    box.style.width = '600px';
    await until(() => tool(element, 'thumbnails').offsetWidth === 0, 'no button where there is no room');
  });

  it('keeps two hundred pages with few canvases, and lets nothing of those passed by', async () => {
    const element = await mountRead({ claims: { document: { digest: manyPages } } });
    const scroller = find(element, '.scroller');
    const canvases = () => [...element.shadowRoot!.querySelectorAll<HTMLCanvasElement>('.page canvas')];
    for (let page = 20; page <= 200; page += 20) {
      scroller.scrollTop = pageOf(element, page).offsetTop;
      await until(() => isPainted(element, page), `page ${page}`);
      await until(() => canvases().length < 8, 'pages passed by let go');
      await until(() => element.shadowRoot!.querySelectorAll('.textLayer').length < 8, 'and their text');
    }
    expect(pageOf(element, 1).querySelector('canvas, .textLayer')).to.equal(null);
  });

  it('says that a document with a password cannot be opened', async () => {
    const element = mount({ claims: { document: { digest: locked } } });
    const { problem } = await heard(element, 'tu-esign-error');
    expect(problem).to.equal('document-unreadable');
    await until(() => find(element, '[data-problem=document-unreadable]'), 'told');
    expect(element.shadowRoot!.querySelector('.page')).to.equal(null);
  });

  it('says on a slow line how much of the document has come', async () => {
    const element = mount({ claims: { document: { digest: fortyPages }, trickle: 500 } });
    await until(() => /Descargando el documento: [\d.]+ kB de [\d.]+ kB/.test(textOf(element)), 'bytes so far');
    await heard(element, 'tu-esign-ready');
    await until(() => !textOf(element).includes('Descargando'), 'no more of it');
  });

  it('pain 15: paints pages anew on each screen that the window is moved to', async function () {
    if (!(await emulateDensity(1))) this.skip();
    try {
      const element = await mountRead();
      element.style.setProperty('--tu-esign-document-height', '400px');
      const width = widthOf(element);
      for (const density of [2, 3, 1, 2]) {
        await emulateDensity(density);
        const pixels = () => pageOf(element, 1).querySelector('canvas')!.width;
        await until(() => Math.abs(pixels() / width - density) < 0.01, `${density} pixels to one`);
        expect(widthOf(element)).to.equal(width);
      }
    } finally {
      await emulateDensity();
    }
  });

  it('keeps its place when the element gets another width', async () => {
    const box = document.createElement('div');
    box.style.width = '700px';
    document.body.append(box);
    const element = mount({ claims: { document: { digest: fortyPages } } });
    box.append(element);
    await until(() => find(element, '.position input'), 'bar');
    const wide = widthOf(element);
    find(element, '.scroller').scrollTop = pageOf(element, 20).offsetTop + 40;
    await until(() => positionOf(element) === 'Página 20 de 40', 'page 20');
    box.style.width = '360px';
    await until(() => widthOf(element) < wide, 'narrower');
    await until(() => positionOf(element) === 'Página 20 de 40', 'page 20 again');
  });

  it('leaves nothing running when it is taken out', async () => {
    const listen = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'addEventListener')!;
    const alive = new Set<AbortSignal | object>();
    const outside = [window, document, document.body] as EventTarget[];
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const signal = typeof options === 'object' ? options?.signal : undefined;
      if (outside.includes(this) || this instanceof MediaQueryList) alive.add(signal ?? {});
      Reflect.apply(listen.value as () => void, this, [type, listener, options]);
    };
    try {
      const element = await mountRead({ claims: { document: { digest: twoPages } } });
      element.remove();
      const left = () => [...alive].filter((signal) => !(signal instanceof AbortSignal && signal.aborted));
      await until(() => left().length === 0, 'nothing left');
      expect(element.shadowRoot!.querySelector('.page')).to.equal(null);
    } finally {
      Object.defineProperty(EventTarget.prototype, 'addEventListener', listen);
    }
  });

  it('says which pages are still to be read where all have to be, leads there, and signs then', async () => {
    const element = await mountRead({ claims: { policy: { readAllPages: true } } });
    const missing = () => find(element, '#missing')?.textContent ?? '';
    const scroller = find(element, '.scroller');
    expect(missing()).to.contain('leer las páginas 1–2');
    expect(textOf(element)).to.contain('Páginas leídas: 0 de 2');
    await readPage(element, 1, () => missing().includes('leer la página 2'));
    await until(() => textOf(element).includes('Páginas leídas: 1 de 2'), 'one page');
    scroller.scrollTop = 0;
    find(element, '.primary').click();
    expect(element.shadowRoot!.activeElement).to.equal(pageOf(element, 2));
    element.remove();
    const again = heard(element, 'tu-esign-ready');
    document.body.append(element);
    await again;
    await until(() => missing().includes('leer la página 2'), 'remembered');
    await readPage(element, 2, () => !missing().includes('leer'));
    expect(textOf(element)).not.to.contain('Páginas leídas');
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await signed;
  });

  it('does not count a page that was passed over, or shrunk to a stamp', async () => {
    const element = await mountRead({ claims: { document: { digest: fortyPages }, policy: { readAllPages: true } } });
    for (let step = 0; step < 6; step += 1) tool(element, 'out').click();
    const scroller = find(element, '.scroller');
    await pause(1_500);
    scroller.scrollTop = scroller.scrollHeight;
    await until(() => isPainted(element, 40), 'last page painted');
    expect(textOf(element)).to.contain('Páginas leídas: 0 de 40');
  });

  it('no longer says where the signature will be once the signed document is shown', async () => {
    const element = await mountRead();
    await until(() => find(element, '.place'), 'marked');
    await sign(element);
    await until(() => find(element, '.badge'), 'signed document shown');
    expect(find(element, '.place')?.textContent).to.equal(undefined);
  });

  it('does not say so either to whoever comes back to what they signed', async () => {
    const claims = createClaims();
    const element = await mountRead({ claims });
    await sign(element);
    await until(() => find(element, '.files'), 'signed');
    clearPage();
    const again = mount({ claims });
    await until(() => find(again, '.badge'), 'signed document shown');
    expect(find(again, '.place')?.textContent).to.equal(undefined);
  });

  it('opens the signed document where it is signed', async () => {
    const element = await mountRead();
    await sign(element);
    await until(() => find(element, '.badge'), 'signed document shown');
    expect(textOf(element)).to.contain('Documento firmado');
    const { pages, signature } = signedDocument;
    const [left, bottom, right, top] = signature.rectangle;
    await until(() => pageOf(element, pages) && find(element, '.scroller').scrollTop > 0, 'led away from page 1');
    const page = pageOf(element, signature.page).getBoundingClientRect();
    const pane = find(element, '.scroller').getBoundingClientRect();
    const across = (x: number) => page.left + (page.width * x) / 595;
    const down = (y: number) => page.bottom - (page.height * y) / 842;
    expect(down(top)).to.be.at.least(pane.top);
    expect(down(bottom)).to.be.at.most(pane.bottom);
    expect(across(left)).to.be.at.least(pane.left);
    expect(across(right)).to.be.at.most(pane.right);
    await until(() => isPainted(element, signature.page), 'its page painted');
  });
});
