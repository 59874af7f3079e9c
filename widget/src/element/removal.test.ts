import { expect } from 'chai';
import { Leftovers } from '../../test/leftovers.ts';
import { clearPage, draw, find, mount, mountRead, sign, until } from '../../test/visit.ts';
import type { TuEsign } from './tu-esign.ts';

/** Each way in which an element can be taken out. */
const moments: Record<string, () => Promise<TuEsign>> = {
  'before anything is there': async () => mount(),
  'while the document is opened': async () => {
    const element = mount();
    await until(() => find(element, '.scroller'), 'a place for pages');
    return element;
  },
  'when it is read and drawn on': async () => {
    const element = await mountRead();
    await draw(element);
    return element;
  },
  'while the signing is followed': async () => {
    const element = await mountRead({ claims: { stopAt: 'submitting' } });
    await sign(element);
    await until(() => find(element, '.stages'), 'progress');
    return element;
  },
  'when all is done': async () => {
    const element = await mountRead();
    await sign(element);
    await until(() => find(element, '.files'), 'files');
    return element;
  },
};

describe('<tu-esign>, taken out', () => {
  afterEach(clearPage);

  it('has a worker as long as it is there', async () => {
    const leftovers = new Leftovers();
    await mountRead();
    expect(leftovers.names).to.include('Worker');
    leftovers.stop();
  });

  for (const [when, reach] of Object.entries(moments)) {
    it(`leaves no worker, channel, stream or listener behind: ${when}`, async () => {
      const leftovers = new Leftovers();
      try {
        const element = await reach();
        element.remove();
        await until(() => leftovers.names.length === 0, 'nothing left').catch(() => {});
        expect(leftovers.names).to.deep.equal([]);
      } finally {
        leftovers.stop();
      }
    });
  }
});
