import { expect } from 'chai';
import { mint, createClaims, pause } from '../../test/visit.ts';
import { TokenSource } from './token-source.ts';

const createSource = (getToken: () => Promise<string>) =>
  new TokenSource({ getToken, expiring: () => {}, answerWithin: 50 });

async function problemOf(getToken: () => unknown): Promise<string> {
  const source = createSource(getToken as () => Promise<string>);
  return source.current().then(
    () => 'none',
    (error: { type: string }) => error.type,
  );
}

describe('pain 4: a token that does not come is told, not waited for', () => {
  it('tells a host that refuses from one that hangs and one that answers with something else', async () => {
    expect(await problemOf(() => Promise.reject(new Error('no session')))).to.equal('token-source');
    expect(
      await problemOf(() => {
        throw new TypeError('a bug of the host’s');
      }),
    ).to.equal('token-source');
    expect(await problemOf(() => new Promise(() => {}))).to.equal('token-timeout');
    for (const garbage of ['', 'not a token', '<!doctype html>', undefined, null, {}, 'a.e30.c', 'a.b.c'])
      expect(await problemOf(() => Promise.resolve(garbage)), JSON.stringify(garbage)).to.equal('token-malformed');
  });

  it('asks the host again after each of them', async () => {
    const answers = [
      () => new Promise<string>(() => {}),
      () => Promise.reject(new Error('no')),
      async () => mint(createClaims()),
    ];
    const source = createSource(() => answers.shift()!());
    await source.current().catch(() => {});
    await source.current().catch(() => {});
    expect(await source.current()).to.contain('header.');
    source.stop();
  });

  it('takes a token that is not promised, and leaves no timer of its own behind', async () => {
    const source = createSource(() => mint(createClaims()) as unknown as Promise<string>);
    expect(await source.current()).to.contain('header.');
    await pause(80);
    expect(source.claims).not.to.equal(null);
    source.stop();
  });
});
