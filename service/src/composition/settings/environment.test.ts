import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFolder } from '../../../test/tools.ts';
import { readEnvironment } from './environment.ts';

const folder = createFolder();
afterAll(() => folder.remove());

const write = (settings: object): string => folder.write('tu-esign.json', JSON.stringify(settings));

test('a file sets what the environment does not, and its paths are seen from it', () => {
  const file = write({ $schema: 'x', TU_ESIGN_PORT: 9000, TU_ESIGN_HOSTS: 'hosts.json', TU_ESIGN_ELEMENT: '' });
  expect(readEnvironment({ environment: { TU_ESIGN_PORT: '9001', TU_ESIGN_HOSTS: undefined }, file })).toEqual({
    TU_ESIGN_PORT: '9001',
    TU_ESIGN_HOSTS: join(folder.path, 'hosts.json'),
    TU_ESIGN_ELEMENT: '',
  });
});

test('comments are allowed', () => {
  const file = folder.write('commented.json', '{\n  // the port\n  "TU_ESIGN_PORT": 9000,\n}\n');
  expect(readEnvironment({ environment: {}, file })).toEqual({ TU_ESIGN_PORT: '9000' });
});

test('a secret may be in a file of its own, named by variable or setting', () => {
  const key = folder.write('key', 'the-operators-key-of-the-tests-alone\n');
  const file = write({ TU_ESIGN_OPERATOR_KEY_FILE: 'key' });
  for (const sources of [{ environment: { TU_ESIGN_OPERATOR_KEY_FILE: key } }, { environment: {}, file }])
    expect(readEnvironment(sources)).toMatchObject({ TU_ESIGN_OPERATOR_KEY: 'the-operators-key-of-the-tests-alone' });
});

test.each<[string, string, RegExp]>([
  [
    'a name that is mistyped',
    '{ "TU_ESIGN_PROT": 1 }',
    /there is no setting TU_ESIGN_PROT: did you mean TU_ESIGN_PORT\?/,
  ],
  ['a name that is like none', '{ "COLOUR": 1 }', /there is no setting COLOUR$/],
  ['what is no text', '{ "TU_ESIGN_PORT": [1] }', /TU_ESIGN_PORT is a text or a number/],
  ['what is no JSON', '{ "TU_ESIGN_PORT": ', /is no JSON/],
  ['a list', '[]', /is not a JSON object of settings/],
])('%s in the file is a fault', (_what, text, said) => {
  const file = folder.write('wrong.json', text);
  expect(() => readEnvironment({ environment: {}, file })).toThrow(said);
});

test('a file that is no JSON is not quoted: it may hold a secret', () => {
  const file = folder.write('secret.json', '{ "TU_ESIGN_OPERATOR_KEY": the-operators-key }');
  const read = () => readEnvironment({ environment: {}, file });
  expect(read).toThrow(/is no JSON/);
  expect(read).not.toThrow(/the-o/);
});

test('a file that is not there, and a secret given twice, are faults', () => {
  expect(() => readEnvironment({ environment: {}, file: join(folder.path, 'none.json') })).toThrow(/cannot be read/);
  const twice = { TU_ESIGN_OPERATOR_KEY: 'one', TU_ESIGN_OPERATOR_KEY_FILE: join(folder.path, 'none') };
  expect(() => readEnvironment({ environment: twice })).toThrow(/are both set.*\n.*none cannot be read/);
});
