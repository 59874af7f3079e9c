import { afterAll, expect, test } from 'vitest';
import { createFolder } from '../../../test/tools.ts';
import { Hosts } from '#hosts/host.ts';
import { readProviders } from './read-providers.ts';

const folder = createFolder();
afterAll(() => folder.remove());
const hostsFile = folder.write('hosts.json', '');
const host = (id: string, provider = 'embedded', conservation?: string) => ({
  id,
  name: id,
  issuer: `https://${id}.example`,
  origins: [],
  verification: { secret: 's'.repeat(32) },
  provider,
  conservation,
});
const entry = { kind: 'tu-identidad', name: 'vendor' };

const parse = (own: object, hosts = [host('bank', 'vendor')]) =>
  Hosts.safeParse({ hosts, providers: [{ ...entry, ...own }] });

const read = (own: object, environment: Record<string, string> = {}) => {
  const faults: string[] = [];
  return { faults, settings: readProviders(parse(own).data!.providers, { hostsFile, environment, faults })[0]! };
};

test('without more it is the vendor’s address, patience beyond their slowest answer, and a modest rate', () => {
  const { settings, faults } = read({ apiKey: 'key' });
  expect(faults).toEqual([]);
  expect(settings).toMatchObject({ url: 'https://web-prod01.tuidentidad.com', apiKey: 'key', requestsPerMinute: 20 });
  expect(settings).toMatchObject({ timeoutSeconds: 60, quarantineSeconds: 60, showSignature: true, accredited: false });
  expect(settings).toMatchObject({ fillers: { maternalSurname: '', rfc: '' } });
});

test('the key comes from the entry, a file as seen from the hosts file, or a variable', () => {
  folder.write('key', 'from-a-file\n');
  expect(read({ apiKeyFile: 'key' }).settings.apiKey).toBe('from-a-file');
  expect(read({ apiKeyVariable: 'KEY' }, { KEY: 'from-a-variable' }).settings.apiKey).toBe('from-a-variable');
});

test('a key that is not there, and one that no header may hold, are faults that do not quote it', () => {
  folder.write('two-lines', 'a secret\nof two lines');
  expect(read({ apiKeyVariable: 'KEY' }).faults).toEqual([
    'TU_ESIGN_HOSTS providers vendor: the variable KEY holds no API key',
  ]);
  expect(read({ apiKeyFile: 'none' }).faults).toEqual(['TU_ESIGN_HOSTS providers vendor: none holds no API key']);
  expect(read({ apiKeyFile: 'two-lines' }).faults.join()).not.toContain('secret');
});

test('roots that are no certificates are faults', () => {
  folder.write('text.pem', 'no certificate');
  const { faults } = read({ apiKey: 'key', conservationRoots: ['text.pem', 'none.pem'] });
  expect(faults).toEqual([
    'TU_ESIGN_HOSTS providers vendor: text.pem is no certificate',
    'TU_ESIGN_HOSTS providers vendor: none.pem cannot be read',
  ]);
});

test.each<[string, object]>([
  ['no key at all', {}],
  ['two keys', { apiKey: 'a', apiKeyFile: 'b' }],
  ['plain HTTP to another machine', { apiKey: 'key', url: 'http://vendor.example' }],
  ['a private network', { apiKey: 'key', url: 'https://192.168.0.1' }],
  ['a path that is none', { apiKey: 'key', keyCertificate: { path: 'getKey?all' } }],
  ['what it does not know', { apiKey: 'key', retries: 3 }],
  ['the name of the embedded one', { apiKey: 'key', name: 'embedded' }],
])('%s is refused', (_what, own) => {
  expect(parse(own).success).toBe(false);
});

test('two hosts do not share an entry, for they would share identifiers', () => {
  const shared = parse({ apiKey: 'key' }, [host('bank', 'vendor'), host('shop', 'vendor')]);
  expect(shared.error?.issues[0]?.message).toContain('identifierPrefix');
  expect(parse({ apiKey: 'key' }, [host('bank', 'vendor'), host('shop')]).success).toBe(true);
});

/** What is told of two entries of one key. */
const faultsOf = (own: object, other: object): string[] => {
  const providers = [
    { ...entry, apiKey: 'key', ...own },
    { ...entry, name: 'other', apiKey: 'key', ...other },
  ];
  const faults: string[] = [];
  readProviders(Hosts.parse({ hosts: [host('bank')], providers }).providers, { hostsFile, environment: {}, faults });
  return faults;
};

test('two entries of one company are told apart by their prefixes', () => {
  expect(faultsOf({}, { identifierPrefix: 'b-' })).toEqual([
    "TU_ESIGN_HOSTS providers other: identifiers may be those of vendor: no identifierPrefix may begin with the other's",
  ]);
  expect(faultsOf({ identifierPrefix: 'b-1' }, { identifierPrefix: 'b-' })).toHaveLength(1);
  expect(faultsOf({ identifierPrefix: 'a-' }, { identifierPrefix: 'b-' })).toEqual([]);
  expect(faultsOf({}, { apiKey: 'another' })).toEqual([]);
});

test('it conserves what it did not sign only where it is told the digest, and for one host as well', () => {
  const bridged = [host('bank', 'embedded', 'vendor')];
  expect(parse({ apiKey: 'key' }, bridged).error?.issues[0]?.message).toContain('digestField');
  const telling = { apiKey: 'key', conservationCertificate: { path: '/api/ESign/conserve', digestField: 'digest' } };
  expect(parse(telling, bridged).success).toBe(true);
  expect(parse(telling, [...bridged, host('shop', 'vendor')]).success).toBe(false);
});
