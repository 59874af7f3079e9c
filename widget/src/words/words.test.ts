import { chooseLocale as chosenByService } from '@tu-esign/contract';
import { expect } from 'chai';
import { clearPage, find, heard, mountRead, sign, textOf, until } from '../../test/visit.ts';
import { chooseLocale, loadMessages } from './load-messages.ts';
import { withOwn } from './message-set.ts';
import type { TuEsign } from '../index.ts';

const arabic = {
  language: 'ar',
  sign: 'وقّع المستند',
  autograph: 'توقيعك',
  signatory: 'الموقّع',
  undo: 'تراجع',
  clear: 'مسح',
  decline: 'لا أرغب في التوقيع',
};

/** Pairs of things in the element that lie upon each other. */
function overlaps(element: TuEsign): string[] {
  const shown = [
    ...element.shadowRoot!.querySelectorAll<HTMLElement>('button, input, h3, dt, dd, .hint, .consent span'),
  ]
    .filter((one) => one.checkVisibility() && one.offsetWidth > 2 && !one.closest('.toolbar, .scroller'))
    .map((one) => ({ one, box: one.getBoundingClientRect() }));
  return shown.flatMap(({ one, box }, index) =>
    shown
      .slice(index + 1)
      .filter(({ one: other }) => !one.contains(other) && !other.contains(one))
      // What is scrolled under the panel's foot is not seen there.
      .filter(({ one: other }) => Boolean(one.closest('.body')) === Boolean(other.closest('.body')))
      .filter(({ box: b }) => Math.min(box.right, b.right) - Math.max(box.left, b.left) > 1)
      .filter(({ box: b }) => Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top) > 1)
      .map(({ one: other }) => `${one.textContent.trim()} / ${other.textContent.trim()}`),
  );
}

describe('the words', () => {
  afterEach(clearPage);

  it('are chosen by the first wish that names a language', () => {
    const wishes = ['pt', 'pt-PT', 'es-AR', 'ptx'];
    const chosen = wishes.map((wish) => chooseLocale(wish));
    expect(chosen).to.deep.equal(['pt-BR', 'pt-BR', 'es-MX', 'en']);
    expect(wishes.map((wish) => chosenByService(wish))).to.deep.equal(chosen);
    expect(chooseLocale()).to.equal('en');
    expect(chooseLocale(null, undefined, 'pt-BR', 'es')).to.equal('pt-BR');
  });

  it('are whole in Portuguese of Brazil, with its consent', async () => {
    const element = await mountRead({ claims: { locale: 'pt-BR' } });
    expect(find(element, '.frame').lang).to.equal('pt-BR');
    expect(find(element, '.consent span').textContent).to.contain('concordo em assiná-lo');
    const [pt, es] = [await loadMessages('pt-BR'), await loadMessages('es-MX')];
    const same = (Object.keys(pt) as (keyof typeof pt)[]).filter((name) => pt[name] === es[name]);
    expect(same.toSorted()).to.deep.equal(
      ['direction', 'document', 'optional', 'print', 'rfc', 'declineReason', 'renew'].toSorted(),
    );
  });

  it('are replaced by the host’s, some or many, and come back', async () => {
    const element = await mountRead();
    element.messages = {
      sign: 'Firmar contrato',
      missingAutograph: { draw: 'su rúbrica' },
      signingRequestOf: (host) => `${host} le pide firmar`,
    };
    await until(() => textOf(element).includes('Firmar contrato'), 'replaced');
    expect(textOf(element)).to.contain('Banco Ejemplo le pide firmar');
    expect(find(element, '#missing').textContent).to.contain('su rúbrica y marcar la casilla de consentimiento');
    element.messages = undefined;
    await until(() => textOf(element).includes('Firmar documento'), 'back');
  });

  it('take a text for what the element would fill in, and never the consent’s', async () => {
    const es = await loadMessages('es-MX');
    const own = { pageOf: 'Página', problems: { network: 'Sin red' }, sign: undefined, consents: ['no'] };
    const words = withOwn(es, own as never);
    expect([words.pageOf(1, 2), words.problems.network, words.sign]).to.deep.equal(['Página', 'Sin red', es.sign]);
    expect(words.problems.internal).to.equal(es.problems.internal);
    expect(withOwn(es, own as never)).to.equal(words);
    expect(words).not.to.have.property('consents');
  });

  for (const width of [280, 375, 1280]) {
    it(`may run from right to left, ${width} pixels wide, and nothing overlaps or is cut`, async () => {
      const element = await mountRead();
      element.style.cssText = `display: block; width: ${width}px`;
      element.messages = arabic;
      await until(() => textOf(element).includes(arabic.sign), 'arabic');
      const frame = find(element, '.frame');
      expect([frame.dir, frame.lang]).to.deep.equal(['rtl', 'ar']);
      expect(getComputedStyle(find(element, '.panel')).direction).to.equal('rtl');
      await until(() => frame.getBoundingClientRect().width <= width, 'laid out');
      expect(overlaps(element)).to.deep.equal([]);
      expect(frame.scrollWidth).to.be.at.most(frame.clientWidth);
      if (width < 760) find(element, '.bar .next').click();
      await element.updateComplete;
      expect(overlaps(element)).to.deep.equal([]);
      const signed = heard(element, 'tu-esign-signed');
      await sign(element);
      await signed;
      await until(() => find(element, '.files'), 'files');
      expect(overlaps(element)).to.deep.equal([]);
    });
  }

  it('run as the host says, where it says so', async () => {
    const element = await mountRead();
    expect(find(element, '.frame').dir).to.equal('ltr');
    element.dir = 'rtl';
    element.requestUpdate();
    await until(() => find(element, '.frame').dir === 'rtl', 'rtl');
  });
});
