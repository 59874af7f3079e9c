import { expect } from 'chai';
import {
  clearPage,
  createClaims,
  find,
  heard,
  mint,
  mount,
  mountRead,
  positionOf,
  sign,
  textOf,
  until,
} from '../../test/visit.ts';

describe('signing', () => {
  afterEach(clearPage);

  it('tells each stage and carries links to the three files', async () => {
    const stages: string[] = [];
    const element = await mountRead({ claims: { waitsUntilTold: true } });
    element.addEventListener('tu-esign-progress', ({ stage }) => stages.push(stage));
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    const { outputs, digest } = await signed;
    expect(stages).to.deep.equal(['sending', 'accepted', 'signing', 'conserving']);
    expect(digest).to.equal(outputs.document.digest);
    expect(outputs.document.link?.href).to.contain('/fake/file/');
    expect(outputs['conservation-certificate'].state).to.equal('pending');
    await until(() => stages.includes('done'), 'all outputs are there');
    await element.updateComplete;
    expect(element.shadowRoot!.querySelectorAll('a.file').length).to.equal(3);
  });

  it('shows the signed document at once, however late the other outputs are', async () => {
    const element = await mountRead({ claims: { stopAt: 'signed' } });
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await signed;
    await until(() => find(element, '.badge'), 'signed document shown');
    expect(element.shadowRoot!.querySelectorAll('a.file').length).to.equal(1);
    expect(textOf(element)).to.contain('En proceso');
  });

  it('says whose turn it is, and that others still have to sign', async () => {
    const element = await mountRead({ claims: { sequence: { position: 2, of: 3 } } });
    expect(textOf(element)).to.contain('Usted es el firmante 2 de 3.');
    await sign(element);
    await until(() => find(element, '.outcome .sequence'), 'what is still to come');
    expect(textOf(element)).to.contain('Falta una persona por firmar');
  });

  it('names the host, and how they are reached, where the request is refused before anything is known of it', async () => {
    const contact = { telephone: '+52 55 0000 0000', email: 'ayuda@example.com' };
    const claims = createClaims({ problem: { type: 'request-withdrawn', status: 410 }, contact });
    const element = mount({ claims });
    const told = await until(() => find(element, '[data-problem=request-withdrawn]'), 'told');
    expect(told.textContent).to.contain('Comuníquese con Banco Ejemplo.');
    expect(told.querySelector('a')!.href).to.equal('tel:+525500000000');
    expect(element.shadowRoot!.querySelectorAll('[part=sign-button]').length).to.equal(0);
  });

  it('waits for whoever signs before, and goes on by itself', async () => {
    const claims = { problem: { type: 'not-your-turn', status: 409, times: 2 }, sequence: { position: 2, of: 2 } };
    const element = mount({ claims });
    await until(() => find(element, '[data-problem=not-your-turn]'), 'it is not their turn');
    expect(textOf(element)).to.contain('Otra persona firma antes que usted');
    await until(() => find(element, '.pad canvas'), 'their turn');
    await until(() => !find(element, '[data-problem=not-your-turn]'), 'said no longer');
    await until(() => !find(element, '#missing').textContent.includes('documento'), 'the document is open');
  });

  it('shows the signed document and links, and calls a local conservation certificate what it is', async () => {
    const element = await mountRead();
    await sign(element);
    await until(() => find(element, '.badge'), 'signed document shown');
    await until(() => positionOf(element) === 'Página 4 de 5', 'where it is signed');
    await until(() => element.shadowRoot!.querySelectorAll('a.file').length === 3, 'all files');
    expect(element.shadowRoot!.querySelectorAll('a.file').length).to.equal(3);
    expect(textOf(element)).to.contain('Sello de tiempo de prueba');
  });

  it('follows by polling where there is no event stream', async () => {
    const element = await mountRead({ claims: { noEvents: true } });
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await signed;
  });

  it('ends in done when the answer to the post is lost', async () => {
    const element = await mountRead({ claims: { loseAnswer: true } });
    const errors: string[] = [];
    element.addEventListener('tu-esign-error', ({ problem }) => errors.push(problem));
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await signed;
    expect(errors).to.deep.equal([]);
  });

  it('shows a finished signing to whoever comes back', async () => {
    const claims = createClaims();
    const element = await mountRead({ claims });
    await sign(element);
    await until(() => find(element, '.files'));
    clearPage();
    const again = mount({ claims });
    expect((await heard(again, 'tu-esign-signed')).identifier).to.equal(claims.identifier);
  });

  it('declines after a question, with the reason given', async () => {
    const element = await mountRead();
    find(element, '[part=decline-button]').click();
    (find(element, 'textarea') as HTMLTextAreaElement).value = 'Falta una cláusula';
    const declined = heard(element, 'tu-esign-declined');
    find(element, '.danger').click();
    expect((await declined).reason).to.equal('Falta una cláusula');
    expect(textOf(element)).to.contain('Usted rechazó la firma');
  });

  it('reads fresh links when the old ones are over', async () => {
    const element = await mountRead({ claims: { staleLinks: 1 } });
    await sign(element);
    await until(() => find(element, '.badge'), 'signed document shown by a fresh link');
  });

  it('asks for a token again when the service says it has expired, and keeps the ink', async () => {
    const claims = createClaims({ problem: { type: 'token-expired', status: 401, at: 'signings', times: 1 } });
    let asked = 0;
    const element = await mountRead({
      getToken: () => {
        asked += 1;
        return Promise.resolve(mint(claims));
      },
    });
    const signed = heard(element, 'tu-esign-signed');
    await sign(element);
    await signed;
    expect(asked).to.equal(2);
  });

  it('offers to renew a session that stays expired; the ink is still there, and signs', async () => {
    const claims = createClaims({ problem: { type: 'token-expired', status: 401, at: 'signings', times: 2 } });
    const element = await mountRead({ claims });
    await sign(element);
    const renew = await until(() => find(element, '[data-problem=token-expired] button'));
    expect(find(element, '.primary').getAttribute('aria-disabled')).to.equal('false');
    renew.click();
    await until(() => !find(element, '.problem'));
    const signed = heard(element, 'tu-esign-signed');
    find(element, '.primary').click();
    await signed;
  });
});
