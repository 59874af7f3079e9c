import { expect, test } from 'vitest';
import { fromHex } from '#bytes.ts';
import { readObjectIdentifier } from './object-identifiers.ts';

test.each([
  ['06032a0304', '1.2.3.4'],
  ['06092a864886f70d010702', '1.2.840.113549.1.7.2'],
  ['0603550403', '2.5.4.3'],
  ['060100', '0.0'],
  ['060127', '0.39'],
  ['060128', '1.0'],
  ['06014f', '1.39'],
  ['060150', '2.0'],
  ['06028837', '2.999'],
  // X.667's arc has numbers of 128 bits
  ['0615698399d1c1efe7defa82d1abc4bc849598acd31502', '2.25.272250373330961559852911778295511198101.2'],
  ['060c818080808080808080805001', '2.1180591620717411303424.1'],
  [
    '062155ffffffffffff7f8180808080808000ffffffffffffff7f818080808080808000',
    '2.5.562949953421311.562949953421312.72057594037927935.72057594037927936',
  ],
])('%s is %s', (hex, dotted) => {
  expect(readObjectIdentifier(fromHex(hex))).toBe(dotted);
});

test.each([
  ['nothing', '0600'],
  ['one cut off', '06022a83'],
  ['one cut off behind a zero', '06032a8380'],
  ['one with a leading zero', '06032a8003'],
  ['another type', '0403550403'],
  ['one that is too long', `068181${'7f'.repeat(129)}`],
])('%s is none', (_, hex) => {
  expect(() => readObjectIdentifier(fromHex(hex))).toThrow(RangeError);
});

test('one of 128 octets is read', () => {
  expect(readObjectIdentifier(fromHex(`068180${'7f'.repeat(128)}`)).split('.')).toHaveLength(129);
});
