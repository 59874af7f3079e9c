import type axe from 'axe-core';
import 'axe-core/axe.min.js';
import { expect } from 'chai';
import type { FakeClaims } from '../../test/fake-service.ts';
import { clearPage, find, mount, mountRead, notWhole, sign, until } from '../../test/visit.ts';
import type { TuEsign } from './tu-esign.ts';

async function violations(element: TuEsign): Promise<string[]> {
  const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(element, {
    rules: { region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

type State = () => Promise<TuEsign>;
const signed = async (claims: Partial<FakeClaims>, then: string): Promise<TuEsign> => {
  const element = await mountRead({ claims });
  await sign(element);
  await until(() => find(element, then), then);
  return element;
};
const problem = (type: string, status: number) => ({ problem: { type, status } });

const states: Record<string, State> = {
  waiting: async () => {
    const element = document.createElement('tu-esign');
    document.body.append(element);
    await until(() => find(element, '.spinner'));
    return element;
  },
  reading: () => mountRead(),
  drawn: async () => {
    const element = await mountRead();
    find(element, '.consent input').click();
    return element;
  },
  'declining, in question': async () => {
    const element = await mountRead();
    find(element, '[part=decline-button]').click();
    return element;
  },
  declined: async () => {
    const element = await mountRead();
    find(element, '[part=decline-button]').click();
    find(element, '.danger').click();
    await until(() => find(element, '.declined'));
    return element;
  },
  signing: () => signed({ stopAt: 'submitting' }, '.stages'),
  'in review': () => signed({ stopAt: 'submitting' }, '.stages .now'),
  done: () => signed({}, '.files'),
  'token expired': () => signed({ problem: { type: 'token-expired', status: 401, at: 'signings' } }, '.problem'),
  refused: async () => {
    const element = mount({ claims: problem('origin-mismatch', 403) });
    await until(() => find(element, '.problem'));
    return element;
  },
  'page not whole': async () => {
    const element = mount({ claims: { document: { digest: notWhole } } });
    await until(() => find(element, '.document .problem'));
    return element;
  },
};

describe('accessibility, by axe', () => {
  afterEach(clearPage);

  for (const [name, state] of Object.entries(states)) {
    it(`finds nothing wrong, in light and in dark: ${name}`, async () => {
      document.documentElement.lang = 'es';
      document.title = 'Prueba';
      const element = await state();
      for (const theme of ['light', 'dark'] as const) {
        element.theme = theme;
        await element.updateComplete;
        expect(await violations(element), theme).to.deep.equal([]);
      }
    });
  }
});
