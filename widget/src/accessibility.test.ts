import type axe from 'axe-core';
import 'axe-core/axe.min.js';
import { expect } from 'chai';
import type { FakeClaims } from '../test/fake-service.ts';
import { clearPage, find, mount, mountRead, notWhole, sign, until } from '../test/visit.ts';
import type { TuEsign } from './tu-esign.ts';

async function violations(element: TuEsign): Promise<string[]> {
  const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(element, {
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

type Theme = 'light' | 'dark';
type State = (theme: Theme) => Promise<TuEsign>;
const signed = async (theme: Theme, claims: Partial<FakeClaims>, then: string): Promise<TuEsign> => {
  const element = await mountRead({ theme, claims });
  await sign(element);
  await until(() => find(element, then), then);
  return element;
};
const problem = (type: string, status: number) => ({ problem: { type, status } });

const states: Record<string, State> = {
  waiting: async (theme) => {
    const element = document.createElement('tu-esign');
    element.theme = theme;
    document.body.append(element);
    await until(() => find(element, '.spinner'));
    return element;
  },
  reading: (theme) => mountRead({ theme }),
  drawn: async (theme) => {
    const element = await mountRead({ theme });
    find(element, '.consent input').click();
    return element;
  },
  'declining, in question': async (theme) => {
    const element = await mountRead({ theme });
    find(element, '[part=decline-button]').click();
    return element;
  },
  declined: async (theme) => {
    const element = await mountRead({ theme });
    find(element, '[part=decline-button]').click();
    find(element, '.danger').click();
    await until(() => find(element, '.declined'));
    return element;
  },
  signing: (theme) => signed(theme, { stopAt: 'submitting' }, '.stages'),
  'in review': (theme) => signed(theme, { stopAt: 'submitting' }, '.stages .now'),
  done: (theme) => signed(theme, {}, '.files'),
  'token expired': (theme) =>
    signed(theme, { problem: { type: 'token-expired', status: 401, at: 'signings' } }, '.problem'),
  refused: async (theme) => {
    const element = mount({ theme, claims: problem('origin-mismatch', 403) });
    await until(() => find(element, '.problem'));
    return element;
  },
  'page not whole': async (theme) => {
    const element = mount({ theme, claims: { document: { digest: notWhole } } });
    await until(() => find(element, '.document .problem'));
    return element;
  },
};

describe('accessibility, by axe', () => {
  afterEach(clearPage);

  for (const [name, state] of Object.entries(states)) {
    for (const theme of ['light', 'dark'] as const) {
      it(`finds nothing wrong: ${name}, ${theme}`, async () => {
        document.documentElement.lang = 'es';
        document.title = 'Prueba';
        const element = await state(theme);
        await element.updateComplete;
        expect(await violations(element)).to.deep.equal([]);
      });
    }
  }
});
