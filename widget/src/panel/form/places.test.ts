import { expect } from 'chai';
import {
  canvasOf,
  clearPage,
  draw,
  find,
  heard,
  inkOf,
  mountRead,
  pageOf,
  point,
  textOf,
  until,
} from '../../../test/visit.ts';
import type { TuEsign } from '../../index.ts';

const realFetch = globalThis.fetch;

/** The forms that are posted from now on, as they go out. */
function watchPosts(): FormData[] {
  const posts: FormData[] = [];
  globalThis.fetch = (input, init) => {
    if (init?.body instanceof FormData) posts.push(init.body);
    return realFetch(input, init);
  };
  return posts;
}

const sketchesOf = (element: TuEsign) => [...element.shadowRoot!.querySelectorAll<HTMLCanvasElement>('.sketch')];
const missing = (element: TuEsign) => find(element, '#missing').textContent;

/** Draws across a pad that is not the first. */
async function drawOn(element: TuEsign, selector: string): Promise<void> {
  const canvas = find(element, selector);
  const box = canvas.getBoundingClientRect();
  const send = (type: string, x: number, y: number) =>
    canvas.dispatchEvent(
      new PointerEvent(type, {
        clientX: box.left + x,
        clientY: box.top + y,
        buttons: type === 'pointerup' ? 0 : 1,
        pointerId: 1,
        isPrimary: true,
        bubbles: true,
        composed: true,
        cancelable: true,
        pointerType: 'mouse',
      }),
    );
  send('pointerdown', 20, 60);
  for (let step = 0; step < 20; step += 1) {
    send('pointermove', 20 + step * 5, 60 - (step % 6) * 8);
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  send('pointerup', 120, 40);
}

describe('what is signed, where it is signed', () => {
  afterEach(() => {
    globalThis.fetch = realFetch;
    clearPage();
  });

  it('shows the ink in its place while the stroke is under way, and takes it back', async () => {
    const element = await mountRead();
    const place = await until(() => find(element, '.place'), 'place');
    expect(place.textContent).to.equal('Aquí irá su firma');
    point(element, 'pointerdown', [30, 60]);
    for (let step = 0; step < 12; step += 1) point(element, 'pointermove', [36 + step * 8, 60 + (step % 4) * 9]);
    await until(
      () => sketchesOf(element)[0]?.width && inkOf(sketchesOf(element)[0]!) > 20,
      'ink before the pen is lifted',
    );
    expect(place.textContent).to.equal('Vista previa · así quedará su firma');
    point(element, 'pointerup', [140, 60]);
    await element.updateComplete;
    find(element, '.tools.below button:nth-child(2)').click();
    await until(() => sketchesOf(element).length === 0, 'taken back');
    expect(place.textContent).to.equal('Aquí irá su firma');
  });

  it('goes to the place once the signatory goes to the pad, and from then on leaves readers where they are', async () => {
    const element = await mountRead();
    const scroller = find(element, '.scroller');
    const mark = await until(() => find(element, '.place'), 'place');
    expect(scroller.scrollTop).to.equal(0);
    canvasOf(element).click();
    const bottom = () => scroller.getBoundingClientRect().bottom;
    await until(() => scroller.scrollTop > 0 && mark.getBoundingClientRect().bottom < bottom(), 'in view');
    scroller.scrollTop = 0;
    await draw(element);
    expect(scroller.scrollTop).to.equal(0);
  });

  it('leads to the pad by a press on the place', async () => {
    const element = await mountRead();
    (await until(() => find(element, '.place'), 'place')).click();
    await until(() => element.shadowRoot!.activeElement === canvasOf(element), 'the pad');
  });

  it('puts initials on all of their pages by one act, after they are made once', async () => {
    const posts = watchPosts();
    const element = await mountRead({ claims: { initialsOn: [1, 2] } });
    await draw(element);
    expect(missing(element)).to.contain('poner sus iniciales');
    const invitations = element.shadowRoot!.querySelectorAll('.pad.small .guide b');
    expect(Array.from(invitations, (one) => one.textContent)).to.deep.equal([
      'Sus iniciales aquí',
      'Toque y ponga sus iniciales',
    ]);
    const put = () => find(element, '.initials-made button.quiet') as HTMLButtonElement;
    expect(put().disabled).to.equal(true);
    await drawOn(element, '.pad.small canvas');
    await until(() => !put().disabled, 'made');
    await until(() => sketchesOf(element).length === 3, 'shown on every page');
    expect([1, 2].every((page) => pageOf(element, page).querySelector('.sketch'))).to.equal(true);
    put().click();
    await until(() => textOf(element).includes('Están en las 2 páginas'), 'put there');
    expect(missing(element)).not.to.contain('iniciales');
    find(element, '.consent input').click();
    await until(() => find(element, '.primary').getAttribute('aria-disabled') === 'false', 'ready');
    const signed = heard(element, 'tu-esign-signed');
    find(element, '.primary').click();
    await signed;
    const [form] = posts;
    expect((form!.get('initials') as Blob).type).to.equal('image/png');
    expect(JSON.parse(form!.get('initialsStrokes') as string).strokes).to.have.length(1);
  });

  it('goes from one place to the next', async () => {
    const element = await mountRead({ claims: { initialsOn: [1, 2] } });
    const button = find(element, '[data-tool=signature]');
    await until(() => button.textContent.includes('3 lugares'), 'three places');
    const visited: (string | undefined)[] = [];
    for (let press = 0; press < 3; press += 1) {
      button.click();
      visited.push((element.shadowRoot!.activeElement as HTMLElement).closest<HTMLElement>('.page')?.dataset.page);
    }
    expect(visited).to.deep.equal(['2', '1', '2']);
  });

  it('asks each of the host’s consents by itself, none ticked, and sends what was ticked and what was not', async () => {
    const posts = watchPosts();
    const consents = [
      { id: 'bureau', text: 'Autorizo la consulta de mi historial crediticio.', required: true },
      { id: 'news', text: 'Deseo recibir promociones.', required: false, url: 'https://example.com/aviso' },
    ];
    const element = await mountRead({ claims: { consents } });
    const boxes = [...element.shadowRoot!.querySelectorAll<HTMLInputElement>('.host input')];
    expect(boxes.map(({ checked }) => checked)).to.deep.equal([false, false]);
    await draw(element);
    find(element, '.consent input').click();
    await until(() => missing(element).includes('marcar las autorizaciones necesarias'), 'held up');
    find(element, '.primary').click();
    await until(() => find(element, '.host[data-wanted]'), 'led there, and marked');
    expect(element.shadowRoot!.activeElement).to.equal(boxes[0]);
    boxes[0]!.click();
    await until(() => find(element, '.primary').getAttribute('aria-disabled') === 'false', 'ready');
    const signed = heard(element, 'tu-esign-signed');
    find(element, '.primary').click();
    const event = await signed;
    expect(event.consents.map(({ id, accepted }) => [id, accepted])).to.deep.equal([
      ['bureau', true],
      ['news', false],
    ]);
    const { consents: told } = JSON.parse(posts[0]!.get('consent') as string);
    expect(told.map(({ id, accepted }: { id: string; accepted: boolean }) => [id, accepted])).to.deep.equal([
      ['bureau', true],
      ['news', false],
    ]);
  });
});
