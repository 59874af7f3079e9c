import { describe, expect, it } from 'vitest';
import { readApi, type Api } from '../scripts/manifest.ts';
import { wrapForAngular } from '../scripts/wrappers/angular.ts';
import { wrapForJsx } from '../scripts/wrappers/jsx.ts';
import { wrapForReact } from '../scripts/wrappers/react.ts';
import { wrapForVue } from '../scripts/wrappers/vue.ts';

const api = await readApi();

/** What the element has today, and what it may have tomorrow. */
const grown: Api = {
  ...api,
  properties: [
    ...api.properties,
    { name: 'quiet', attribute: 'quiet', type: 'boolean', description: 'Says nothing.' },
    { name: 'beforeLeave', attribute: undefined, type: '() => void', description: 'Is asked first.' },
  ],
  events: [
    ...api.events,
    {
      name: 'tu-esign-page-turned',
      short: 'page-turned',
      type: 'TuEsignPageTurnedEvent',
      description: 'Is turned.',
      carries: [],
    },
  ],
};

const title = (name: string) => name[0]!.toUpperCase() + name.slice(1);
const camel = (short: string) => short.split('-').reduce((name, word) => name + title(word));

describe.each([
  ['what the element has', api],
  ['what is added to it', grown],
])('the wrappers cover %s:', (_, { properties, events }) => {
  const all = { ...api, properties, events };

  it.each([
    ['React', wrapForReact(all), (short: string) => `on${title(camel(short))}`],
    ['Vue', wrapForVue(all), camel],
    ['Angular', wrapForAngular(all), camel],
  ])('%s', (_, { js, types }, nameOf) => {
    for (const { name } of properties) {
      expect(js).toMatch(new RegExp(`\\b${name}\\b`));
      expect(types).toContain(`Element['${name}']`);
    }
    for (const { name, short, type } of events) {
      expect(js).toMatch(new RegExp(`\\b${nameOf(short)}\\b.*${name}'`));
      expect(types).toMatch(new RegExp(`\\b${nameOf(short)}\\b.*\\b${type}\\b`));
    }
  });

  it('React without a component, but for properties that it would lose', () => {
    const { types } = wrapForJsx(all);
    for (const { attribute, name } of properties) {
      if (attribute) expect(types).toContain(`'${attribute}'?: Element['${name}']`);
      else expect(types).not.toContain(name);
    }
    for (const { name, type } of events) expect(types).toContain(`'on${name}'?: ((event: ${type}) => void)`);
  });
});

it('Vue is told of booleans, which it makes false where they are absent', () => {
  expect(wrapForVue(grown).js).toContain('quiet: { type: Boolean, default: undefined }');
});
