import { expect } from 'chai';
import {
  canvasOf,
  clearPage,
  createClaims,
  draw,
  find,
  hastened,
  heard,
  inkOf,
  mountRead,
  sign,
  textOf,
  twoPages,
  until,
} from '../../test/visit.ts';
import type { BeforeSign, BeforeSignHook } from '../host/hooks.ts';

describe('beforeSign', () => {
  afterEach(clearPage);

  it('tells the host what is about to be signed, and waits for its yes', async () => {
    const claims = createClaims();
    const element = await mountRead({ claims });
    const asked: BeforeSign[] = [];
    const yes = Promise.withResolvers<void>();
    element.beforeSign = (what) => {
      asked.push(what);
      return yes.promise;
    };
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await until(() => asked.length, 'asked');
    expect(asked).to.deep.equal([{ identifier: claims.identifier, digest: twoPages, method: 'draw' }]);
    expect(await posts(claims)).to.equal(0);
    yes.resolve();
    await signed;
  });

  const refusals: Record<string, { hook: BeforeSignHook; type: string; text: string }> = {
    'by false': { hook: () => false, type: 'host-refused', text: 'no permite firmar en este momento' },
    'by a text': {
      hook: async () => 'Su línea de crédito\n <b>venció</b>\u202E',
      type: 'host-refused',
      text: 'Mensaje de Banco Ejemplo: Su línea de crédito <b>venció</b>',
    },
    'by an error': {
      hook: () => Promise.reject(new TypeError('x is undefined')),
      type: 'host-refused',
      text: 'no permite firmar en este momento',
    },
    'by silence': { hook: () => new Promise(() => {}), type: 'host-silent', text: 'no confirmó a tiempo' },
  };
  for (const [how, { hook, type, text }] of Object.entries(refusals)) {
    it(`refuses ${how}: nothing is sent, the ink stays, and another try may pass`, async () => {
      const claims = createClaims();
      const element = await mountRead({ claims });
      element.beforeSign = hook;
      await draw(element);
      find(element, '.consent input').click();
      await element.updateComplete;
      await hastened(async () => {
        const error = heard(element, 'tu-esign-error');
        find(element, '.primary').click();
        expect((await error).problem).to.equal(type);
        await until(() => textOf(element).includes(text), text);
      });
      expect(textOf(element)).not.to.contain('undefined');
      expect(await posts(claims)).to.equal(0);
      expect(inkOf(canvasOf(element))).to.be.greaterThan(0);
      element.beforeSign = () => true;
      const signed = heard(element, 'tu-esign-signed');
      find(element, '.primary').click();
      await signed;
    });
  }
});

async function posts(claims: ReturnType<typeof createClaims>): Promise<number> {
  return (await fetch(`/fake/posts/${claims.identifier}`)).json();
}
