import { expect } from 'chai';
import { clearPage, createClaims, find, heard, mountRead, sign, textOf, until } from '../../test/visit.ts';
import type { TuEsign } from '../index.ts';

const offer = async (element: TuEsign, handOff: () => string | Promise<string>): Promise<void> => {
  element.handOff = handOff;
  await until(() => find(element, '.hand-off'), 'the offer');
  find(element, '.hand-off').click();
};

describe('pain 11: going on with a phone', () => {
  afterEach(clearPage);

  it('is offered where the host has an address for it, and followed here', async () => {
    const claims = createClaims();
    const [controller, phone] = [
      await mountRead({ claims }),
      await mountRead({ claims: { ...claims, host: 'Teléfono' } }),
    ];
    expect(find(controller, '.hand-off')).to.equal(null);
    await offer(controller, () => '/visits/1');
    await until(() => find(controller, '.code path'), 'a code');
    const topOf = (part: string) => find(controller, part).getBoundingClientRect().top;
    await until(
      () => Math.abs(topOf('.code') - topOf('.body')) < find(controller, '.body').clientHeight / 2,
      'in view',
    );
    expect((find(controller, '.code a') as HTMLAnchorElement).href).to.equal(`${location.origin}/visits/1`);
    const signed = heard(controller, 'tu-esign-signed');
    await sign(phone);
    expect((await signed).identifier).to.equal(claims.identifier);
  });

  it('can be left again, and says so where there is no address', async () => {
    const element = await mountRead();
    await offer(element, () => Promise.resolve('https://bank.example/visits/1'));
    await until(() => find(element, '.code path'), 'a code');
    find(element, '.code button').click();
    await until(() => find(element, '.hand-off'), 'the offer again');
    for (const bad of ['javascript:alert(1)', 'https://[']) {
      await offer(element, () => bad);
      await until(() => textOf(element).includes('No pudimos preparar el código'), bad);
      element.handOff = undefined;
      await until(() => !find(element, '.hand-off'), 'no offer');
    }
  });
});
