import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test.each<[string, unknown, string]>([
  ['members by their names', { b: 1, a: 2, c: 3 }, '{"a":2,"b":1,"c":3}'],
  ['names by UTF-16 code units', { '\uFB33': 1, '\u{1F600}': 2, a: 3 }, '{"a":3,"\u{1F600}":2,"\uFB33":1}'],
  ['members of members', { a: { d: 1, c: [{ f: 1, e: 2 }] } }, '{"a":{"c":[{"e":2,"f":1}],"d":1}}'],
  ['lists as they are', ['b', 'a', [2, 1]], '["b","a",[2,1]]'],
  ['what is not there', { a: undefined, b: null }, '{"b":null}'],
  ['nothing', null, 'null'],
  ['a text', 'a', '"a"'],
  ['a number', 1e21, '1e+21'],
])('equal values are of the same bytes: %s', (_what, value, text) => {
  expect(canonicalJson(value)).toBe(text);
});
