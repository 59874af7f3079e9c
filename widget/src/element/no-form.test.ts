import { expect } from 'chai';
import { clearPage, createClaims, find, heard, locked, mount, mountRead, sign, until } from '../../test/visit.ts';
import type { TuEsign } from './tu-esign.ts';

/** All that one signs with; a consent is one of the host's, too. */
const tools = '.pad, .consent, [part=sign-button], .bar .next, .place, .sketch, [data-tool=signature]';

/** What of it can still be seen, once the signatory has been told, and the panel is there to tell the rest. */
async function toolsLeft(element: TuEsign, problem: string): Promise<string[]> {
  await until(() => find(element, `[data-problem=${problem}]`), 'told');
  await until(() => find(element, '.dock'), 'the panel');
  const parts = [...element.shadowRoot!.querySelectorAll<HTMLElement>(tools)];
  return parts.filter((part) => part.checkVisibility()).map(({ className }) => className);
}

describe('where nothing can be signed any more there is nothing to sign with', () => {
  afterEach(clearPage);

  const documents = {
    'document-unreadable': { document: { digest: locked } },
    'document-altered': { alter: true },
  };
  for (const [problem, claims] of Object.entries(documents))
    it(`as the document cannot be shown: ${problem}`, async () => {
      const element = mount({ claims });
      expect((await heard(element, 'tu-esign-error')).problem).to.equal(problem);
      expect(await toolsLeft(element, problem)).to.deep.equal([]);
    });

  it('as the host has withdrawn it while it was read', async () => {
    const element = await mountRead({
      claims: createClaims({ problem: { type: 'request-withdrawn', status: 410, at: 'signings' } }),
    });
    expect(find(element, tools).checkVisibility()).to.equal(true);
    await sign(element);
    expect(await toolsLeft(element, 'request-withdrawn')).to.deep.equal([]);
  });

  it('as the host has withdrawn it after it was sent', async () => {
    const element = await mountRead({ claims: { stopAt: 'withdrawn' } });
    await sign(element);
    expect(await toolsLeft(element, 'request-withdrawn')).to.deep.equal([]);
  });
});
