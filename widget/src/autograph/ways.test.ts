import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import {
  canvasOf,
  clearPage,
  draw,
  drawThrough,
  find,
  heard,
  inkOf,
  mountRead,
  point,
  textOf,
  until,
} from '../../test/visit.ts';
import type { TuEsign } from '../index.ts';

const realFetch = globalThis.fetch;
const canvases = CanvasRenderingContext2D.prototype;
const realRead = Reflect.get(canvases, 'getImageData');

/** The forms that are posted from now on, as they go out. */
function watchPosts(): FormData[] {
  const posts: FormData[] = [];
  globalThis.fetch = (input, init) => {
    if (init?.body instanceof FormData) posts.push(init.body);
    return realFetch(input, init);
  };
  return posts;
}

const choose = async (element: TuEsign, method: string): Promise<void> => {
  find(element, `.methods [value=${method}]`).click();
  await element.updateComplete;
};

const consentAndSign = async (element: TuEsign): Promise<void> => {
  const signed = heard(element, 'tu-esign-signed');
  find(element, '.consent input').click();
  await until(() => find(element, '.primary').getAttribute('aria-disabled') === 'false', 'ready to sign');
  find(element, '.primary').click();
  await signed;
};

interface Picture {
  width: number;
  height: number;
  /** Share of pixels that are nearly opaque, and of those that are clear. */
  inked: number;
  clear: number;
  alphaAt: (x: number, y: number) => number;
}

async function look(png: Blob): Promise<Picture> {
  const bitmap = await createImageBitmap(png);
  const canvas = Object.assign(document.createElement('canvas'), { width: bitmap.width, height: bitmap.height });
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = realRead.call(context, 0, 0, canvas.width, canvas.height);
  const alphas = data.filter((_, at) => at % 4 === 3);
  const share = (test: (alpha: number) => boolean) => alphas.filter(test).length / alphas.length;
  return {
    width: canvas.width,
    height: canvas.height,
    inked: share((alpha) => alpha > 200),
    clear: share((alpha) => alpha === 0),
    alphaAt: (x, y) => alphas[y * canvas.width + x]!,
  };
}

const autographOf = (form: FormData): Blob => form.get('autograph') as Blob;

/** A photo of a signature on paper: the light falls off, the paper is grainy, the line is blue-black. */
async function photograph(type = 'image/jpeg', line = true): Promise<File> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 });
  const context = canvas.getContext('2d')!;
  const paper = context.createLinearGradient(0, 0, 900, 600);
  paper.addColorStop(0, '#f4efe4');
  paper.addColorStop(1, '#9d9788');
  context.fillStyle = paper;
  context.fillRect(0, 0, 900, 600);
  for (let grain = 0; grain < 4_000; grain += 1) {
    context.fillStyle = `rgb(0 0 0 / ${(grain % 5) / 100})`;
    context.fillRect((grain * 7_919) % 900, (grain * 104_729) % 600, 2, 2);
  }
  if (line) {
    context.strokeStyle = '#1b2350';
    context.lineWidth = 7;
    context.beginPath();
    context.moveTo(250, 350);
    context.bezierCurveTo(350, 100, 450, 500, 650, 250);
    context.stroke();
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type));
  return new File([blob!], 'firma.jpg', { type });
}

async function upload(element: TuEsign, file: File): Promise<void> {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  const input = find(element, '.picker input') as HTMLInputElement;
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
  await until(() => find(element, 'canvas.uploaded') ?? find(element, '.fault'), 'looked at');
}

describe('ways of signing', () => {
  afterEach(() => {
    globalThis.fetch = realFetch;
    canvases.getImageData = realRead;
    localStorage.clear();
    clearPage();
  });

  it('a drawn autograph is posted as a sharp picture and as strokes', async () => {
    const posts = watchPosts();
    const element = await mountRead();
    await draw(element);
    await consentAndSign(element);
    const [form] = posts;
    const strokes = JSON.parse(form!.get('strokes') as string);
    expect(strokes.strokes[0].points.length).to.be.greaterThan(10);
    const { width, height, inked, clear } = await look(autographOf(form!));
    // Three pixels to each of the pad's, with a margin, and thin lines in it.
    expect(width).to.be.within(3 * 114, 3 * 150);
    expect(height).to.be.within(3 * 24, 3 * 60);
    expect(inked).to.be.within(0.01, 0.3);
    expect(clear).to.be.greaterThan(0.5);
  });

  it('a dot and a swipe are no autograph: that is said, nothing is sent, and what is added makes one of them', async () => {
    const posts = watchPosts();
    const element = await mountRead();
    const [missing, button] = [find(element, '#missing'), find(element, '.primary')];
    const hint = () => find(element, '#pad-hint').textContent.trim();
    find(element, '.consent input').click();
    point(element, 'pointerdown', [60, 60]);
    point(element, 'pointerup', [60, 60]);
    await until(() => missing.textContent === 'Para firmar falta: completar su firma.', 'said of a dot');
    expect(hint()).to.contain('Un punto o una sola línea recta no bastan como firma');
    point(element, 'pointerdown', [200, 140]);
    await drawThrough(
      element,
      Array.from({ length: 13 }, (_, step): [number, number] => [200 - step / 2, 134 - step * 10]),
    );
    point(element, 'pointerup', [194, 14]);
    await element.updateComplete;
    expect(missing.textContent).to.equal('Para firmar falta: completar su firma.');
    expect(find(element, '.pad ~ [role=status]').textContent).to.equal(hint());
    expect(button.getAttribute('aria-disabled')).to.equal('true');
    button.click();
    expect(element.shadowRoot!.activeElement?.tagName).to.equal('CANVAS');
    const kept = inkOf(canvasOf(element));
    expect(kept).to.be.greaterThan(0);
    await draw(element);
    await until(() => button.getAttribute('aria-disabled') === 'false', 'enough');
    expect(missing.textContent).to.equal('Al firmar podrá descargar su copia.');
    expect(hint()).to.equal('Dibuje su firma con el dedo, el lápiz o el mouse.');
    expect(inkOf(canvasOf(element))).to.be.greaterThan(kept);
    expect(posts).to.deep.equal([]);
    const signed = heard(element, 'tu-esign-signed');
    button.click();
    await signed;
    expect(JSON.parse(posts[0]!.get('strokes') as string).strokes.length).to.equal(3);
  });

  it('a typed autograph is written in the hand that was chosen, by keyboard', async () => {
    const posts = watchPosts();
    const element = await mountRead();
    find(element, '.methods :checked').focus();
    await sendKeys({ press: 'ArrowRight' });
    const field = (await until(() => find(element, '.typed input'), 'a field')) as HTMLInputElement;
    expect(field.value).to.equal('Nombre De Prueba');
    await until(() => element.shadowRoot!.querySelectorAll('.hand svg path').length > 20, 'hands');
    await sendKeys({ press: 'Tab' });
    expect(element.shadowRoot!.activeElement).to.equal(field);
    await sendKeys({ press: 'End' });
    await sendKeys({ type: ' Ñ' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'ArrowDown' });
    await element.updateComplete;
    await consentAndSign(element);
    const [form] = posts;
    const making = { method: 'type', text: 'Nombre De Prueba Ñ', face: 'brisa' };
    expect(JSON.parse(form!.get('making') as string)).to.deep.equal(making);
    expect(form!.get('strokes')).to.equal(null);
    const { width, height, inked, clear } = await look(autographOf(form!));
    expect(width / height).to.be.greaterThan(3);
    expect(inked).to.be.within(0.005, 0.3);
    expect(clear).to.be.greaterThan(0.6);
  });

  it('what a hand has no letters for is named, and not signed with', async () => {
    const element = await mountRead();
    await choose(element, 'type');
    await until(() => find(element, '.hand svg path'), 'hands');
    const field = find(element, '.typed input') as HTMLInputElement;
    field.value = 'Łukasz 山';
    field.dispatchEvent(new InputEvent('input'));
    await element.updateComplete;
    expect(find(element, '#typed-missing').textContent).to.contain('Ł y 山');
    expect(find(element, '#missing').textContent).to.contain('escribir su firma');
  });

  for (const type of ['image/jpeg', 'image/png']) {
    it(`of a photo (${type}) only the signature is kept, cropped and on clear ground`, async () => {
      const posts = watchPosts();
      const element = await mountRead();
      await choose(element, 'upload');
      await upload(element, await photograph(type));
      await consentAndSign(element);
      const [form] = posts;
      expect(JSON.parse(form!.get('making') as string)).to.deep.equal({ method: 'upload', mediaType: type });
      const { width, height, inked, clear, alphaAt } = await look(autographOf(form!));
      expect([width, height].map(Math.round)).to.satisfy(
        ([w, h]: number[]) => w! > 395 && w! < 440 && h! > 100 && h! < 200,
      );
      expect(inked).to.be.within(0.01, 0.25);
      expect(clear).to.be.greaterThan(0.7);
      expect([alphaAt(0, 0), alphaAt(width - 1, height - 1)]).to.deep.equal([0, 0]);
    });
  }

  it('says what is wrong with a picture, and keeps the good one that was there', async () => {
    const element = await mountRead();
    await choose(element, 'upload');
    await upload(element, await photograph());
    const faults: [File, string][] = [
      [new File(['<svg></svg>'.repeat(9)], 'x.png', { type: 'image/png' }), 'no es una imagen PNG o JPEG'],
      [await photograph('image/png', false), 'No encontramos una firma'],
      [new File([(await photograph('image/png')).slice(0, 500)], 'x.png'), 'No pudimos leer la imagen'],
    ];
    for (const [file, text] of faults) {
      await upload(element, file);
      await until(() => find(element, '.fault')?.textContent.includes(text), text);
      expect(find(element, '#missing').textContent).not.to.contain('subir');
    }
  });

  it('only what the host takes is offered', async () => {
    const element = await mountRead({ claims: { policy: { autographs: ['type'] } }, autograph: '.typed input' });
    expect(find(element, '.methods')).to.equal(null);
    expect(find(element, '.remember')).to.equal(null);
    expect(find(element, '.pad')).to.equal(null);
  });

  it('the way one signs is remembered only where the signatory says so', async () => {
    const element = await mountRead();
    await choose(element, 'type');
    expect(localStorage.length).to.equal(0);
    find(element, '.remember input').click();
    const next = await mountRead({ autograph: '.typed input' });
    expect((find(next, '.methods :checked') as HTMLInputElement).value).to.equal('type');
    find(next, '.remember input').click();
    expect(localStorage.length).to.equal(0);
    await mountRead();
  });

  it('what was drawn is still there after typing was tried', async () => {
    const element = await mountRead();
    await draw(element);
    await choose(element, 'type');
    await until(() => find(element, '.hand svg path'), 'hands');
    await choose(element, 'draw');
    expect(find(element, '#missing').textContent).not.to.contain('dibujar');
  });

  it('pain 12: where a canvas gives out noise, drawing and typing do without, and uploading says so', async () => {
    canvases.getImageData = function (...args) {
      const pixels = realRead.apply(this, args);
      crypto.getRandomValues(pixels.data.subarray(0, 65_536));
      return pixels;
    };
    const posts = watchPosts();
    const element = await mountRead();
    await choose(element, 'upload');
    await until(() => textOf(element).includes('Dibuje o escriba su firma'), 'said');
    expect(find(element, '.picker')).to.equal(null);
    await choose(element, 'draw');
    await until(() => find(element, '.pad canvas'), 'pad');
    await draw(element);
    await consentAndSign(element);
    const { inked, clear } = await look(autographOf(posts[0]!));
    expect(inked).to.be.within(0.01, 0.3);
    expect(clear).to.be.greaterThan(0.5);
  });
});
