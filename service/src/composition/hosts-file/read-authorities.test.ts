import { afterAll, expect, test } from 'vitest';
import { createStamping } from '../../../test/time-stamp-server.ts';
import { Hosts } from '#hosts/host.ts';
import { readAuthorities } from './read-authorities.ts';

const { folder, rootPem } = createStamping();
afterAll(() => folder.remove());
const hostsFile = folder.write('hosts.json', '');
const host = {
  id: 'bank',
  name: 'Bank',
  issuer: 'https://bank.example',
  origins: [],
  verification: { secret: 's'.repeat(32) },
};

const parse = (...authorities: object[]) =>
  Hosts.safeParse({
    hosts: [host],
    authorities: authorities.map((own) =>
      Object.assign({ name: 'other', kind: 'rfc3161', url: 'https://tsa.example/' }, own),
    ),
  });

const read = (own: object, environment: Record<string, string> = {}) => {
  const faults: string[] = [];
  const entries = parse(own).data!.authorities;
  return { settings: readAuthorities(entries, { hostsFile, environment, faults })[0], faults };
};

test('without more it is held to ACR2-SE, its policies, and RFC 3161', () => {
  const { settings, faults } = read({});
  expect(faults).toEqual([]);
  expect(settings).toMatchObject({ issuer: 'other', accredited: false, strict: true, driftMs: 60_000 });
  expect(settings).toMatchObject({ policies: ['2.16.484.101.10.316.'], authorization: undefined });
  expect(settings?.roots).toHaveLength(1);
});

test('roots are read as seen from the hosts file', () => {
  expect(read({ roots: ['root.pem'] }).settings?.roots).toEqual([rootPem]);
  expect(read({ roots: ['none.pem', 'serial'] }).faults).toEqual([
    'TU_ESIGN_HOSTS authorities other: none.pem cannot be read',
    'TU_ESIGN_HOSTS authorities other: serial is no certificate',
  ]);
});

test('credentials come from the entry, a file or a variable, as a name with a password or a token', () => {
  folder.write('secret', 'muy-secreto\n');
  const basic = `Basic ${Buffer.from('tu-esign:muy-secreto').toString('base64')}`;
  expect(read({ user: 'tu-esign', password: 'muy-secreto' }).settings?.authorization).toBe(basic);
  expect(read({ user: 'tu-esign', passwordFile: 'secret' }).settings?.authorization).toBe(basic);
  expect(read({ passwordVariable: 'TSA' }, { TSA: 'token' }).settings?.authorization).toBe('Bearer token');
  expect(read({ passwordVariable: 'TSA' }).faults).toEqual([
    'TU_ESIGN_HOSTS authorities other: the variable TSA is not set',
  ]);
});

test.each<[string, object[]]>([
  ['credentials in the address', [{ url: 'https://user:secret@tsa.example/' }]],
  ['credentials over plain HTTP', [{ url: 'http://tsa.example/', password: 'secret' }]],
  ['a user without a password', [{ user: 'tu-esign' }]],
  ['this machine', [{ url: 'https://127.0.0.1/' }]],
  ['a private network', [{ url: 'http://10.0.0.1/' }]],
  ['two passwords', [{ password: 'a', passwordFile: 'b' }]],
  ['the name of the embedded one', [{ name: 'embedded' }]],
  ['two of one name', [{}, {}]],
  ['a policy that is none', [{ policies: ['any'] }]],
  ['another kind', [{ kind: 'rfc5544' }]],
])('%s is refused', (_, entries) => {
  expect(parse(...entries).success).toBe(false);
});

test('whose time-stamps signatures have is said by names that are there', () => {
  const authorities = [{ name: 'other', kind: 'rfc3161', url: 'https://tsa.example/' }];
  const withNames = (...names: string[]) =>
    Hosts.safeParse({ hosts: [host], authorities, timeStamps: { authorities: names } });
  expect(withNames('other').data!.timeStamps).toEqual({ authorities: ['other'], whenAway: 'wait' });
  for (const names of [[], ['another'], ['other', 'embedded']]) expect(withNames(...names).success).toBe(false);
});

test('plain HTTP does where no credentials are sent, and on this machine', () => {
  expect(parse({ url: 'http://tsa.example/' }).success).toBe(true);
  expect(parse({ url: 'http://127.0.0.1:8081/', password: 'secret', allowPrivate: true }).success).toBe(true);
});
