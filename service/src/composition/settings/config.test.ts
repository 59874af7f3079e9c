import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFolder } from '../../../test/tools.ts';
import { readConfig } from './config.ts';

const folder = createFolder();
afterAll(() => folder.remove());

const host = {
  id: 'bank',
  name: 'Bank',
  issuer: 'https://bank.example',
  origins: ['https://bank.example'],
  verification: { secret: 'muy-secreto'.repeat(4) },
};
const hostsFile = folder.write('hosts.json', JSON.stringify({ hosts: [host] }));

/** What it is refused with, line by line. */
const faultsOf = (environment: Record<string, string>): string[] => {
  try {
    readConfig(environment);
  } catch (error) {
    const { name, message } = error as Error;
    expect(name).toBe('ConfigError');
    return message.split('\n- ').slice(1);
  }
  return [];
};

test('a hosts file is enough', () => {
  expect(readConfig({ TU_ESIGN_HOSTS: hostsFile, PATH: '/bin' })).toMatchObject({
    hosts: [{ id: 'bank', provider: 'embedded' }],
    providers: [],
    authorities: [],
    port: 8080,
    address: '127.0.0.1',
    publicUrl: undefined,
    dataFolder: resolve('.data/service'),
    elementFolder: resolve(import.meta.dirname, '../../../../widget/dist/cdn'),
    documentBytes: 25 * 1024 * 1024,
    trustedProxies: 0,
    guard: { timeoutMs: 60_000, concurrency: 16, failures: 5, pauseMs: 15_000 },
  });
});

test('what is set is read in the form that the service works with', () => {
  const config = readConfig({
    TU_ESIGN_HOSTS: hostsFile,
    TU_ESIGN_PORT: '0',
    TU_ESIGN_PUBLIC_URL: 'https://sign.example/',
    TU_ESIGN_DATA: 'kept',
    TU_ESIGN_FILES: 's3://agreements/one?region=mx-central-1',
    TU_ESIGN_ELEMENT: '',
    TU_ESIGN_PROVIDER_SECONDS: '7',
    TU_ESIGN_PROVIDER_CALLS: '3',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/',
  });
  expect(config).toMatchObject({
    port: 0,
    publicUrl: 'https://sign.example',
    dataFolder: resolve('kept'),
    s3: { bucket: 'agreements' },
    elementFolder: undefined,
    guard: { timeoutMs: 7_000, concurrency: 3 },
    traceEndpoint: 'http://localhost:4318',
  });
});

test('all faults are told at once, by the variables’ names, and without their values', () => {
  const wrong = { ...host, verification: { secret: 'muy-secreto' } };
  const faults = faultsOf({
    TU_ESIGN_HOSTS: folder.write('wrong.json', JSON.stringify({ hosts: [wrong] })),
    TU_ESIGN_PORT: 'http',
    TU_ESIGN_FILES: '/srv/files',
    TU_ESIGN_OPERATOR_KEY: 'muy-secreto',
  });
  expect(faults.map((fault) => fault.replace(/:.*/, ''))).toEqual([
    'TU_ESIGN_PORT',
    'TU_ESIGN_FILES',
    'TU_ESIGN_OPERATOR_KEY',
    'TU_ESIGN_HOSTS hosts.0.verification.secret',
  ]);
  expect(faults[2]).toBe('TU_ESIGN_OPERATOR_KEY: it has 11 characters, and needs 32 at least');
  expect(faults[1]).toBe('TU_ESIGN_FILES: is not s3://bucket/prefix, or has an unknown parameter');
  expect(faults.join()).not.toContain('muy-secreto');
});

test('a hosts file that is not named, not there or no JSON is a fault', () => {
  expect(faultsOf({})).toEqual([expect.stringMatching(/^TU_ESIGN_HOSTS: /)]);
  for (const path of [`${folder.path}/none.json`, folder.write('text.json', 'hosts')])
    expect(faultsOf({ TU_ESIGN_HOSTS: path })).toEqual([
      expect.stringMatching(/^TU_ESIGN_HOSTS \(file cannot be read as JSON\): /),
    ]);
});

test('a name that is mistyped is refused, with the one that was meant', () => {
  expect(faultsOf({ TU_ESIGN_HOSTS: hostsFile, TU_ESIGN_RETENTION_DAY: '30', TU_ESIGN_PROT: '1' })).toEqual([
    'there is no setting TU_ESIGN_RETENTION_DAY: did you mean TU_ESIGN_RETENTION_DAYS?',
    'there is no setting TU_ESIGN_PROT: did you mean TU_ESIGN_PORT?',
  ]);
  // What Kubernetes says of a service that is called so, and a secret that the hosts file names.
  const named = folder.write(
    'named.json',
    JSON.stringify({ hosts: [{ ...host, verification: { secretVariable: 'TU_ESIGN_BANK' } }] }),
  );
  const others = { TU_ESIGN_SERVICE_HOST: '10.0.0.1', TU_ESIGN_PORT_8080_TCP: 'tcp://10.0.0.1:8080' };
  expect(faultsOf({ TU_ESIGN_HOSTS: named, TU_ESIGN_BANK: 'muy-secreto'.repeat(4), ...others })).toEqual([]);
});

test('a member of the hosts file that is mistyped is refused, with the one that was meant and where it is', () => {
  const { origins, ...rest } = host;
  const mistyped = {
    ...rest,
    orgins: origins,
    webhook: { url: 'https://bank.example/hook', secret: ['x'], colour: 1 },
  };
  const file = folder.write('mistyped.json', JSON.stringify({ hosts: [mistyped] }));
  const faults = faultsOf({ TU_ESIGN_HOSTS: file });
  for (const fault of [
    'TU_ESIGN_HOSTS hosts.0.orgins: there is no such member: did you mean origins? (of bank)',
    'TU_ESIGN_HOSTS hosts.0.webhook.secret: there is no such member: did you mean secrets? (of bank)',
    'TU_ESIGN_HOSTS hosts.0.webhook.colour: there is no such member (of bank)',
  ])
    expect(faults).toContain(fault);
  const unverified = { ...host, verification: { jwksUrl: 'https://bank.example/jwks.json' } };
  expect(faultsOf({ TU_ESIGN_HOSTS: folder.write('jwks.json', JSON.stringify({ hosts: [unverified] })) })).toEqual([
    expect.stringMatching(/hosts\.0\.verification: one of jwksUri, jwks, secret, .* \(of bank\)$/),
  ]);
});

test('the hosts file may have comments, and its secrets by file and by variable', () => {
  folder.write('secret', `${'muy-secreto'.repeat(4)}\n`);
  const whsec = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const webhook = { url: 'https://bank.example/hook', secrets: [whsec, { variable: 'HOOK' }, { file: 'hook' }] };
  folder.write('hook', `${whsec}\n`);
  const written = JSON.stringify(
    { hosts: [{ ...host, verification: { secretFile: 'secret' }, webhook }] },
    undefined,
    2,
  );
  const path = folder.write('commented.jsonc', `// who may ask\n${written.replace('"id"', '/* stable */ "id"')}`);
  const [read] = readConfig({ TU_ESIGN_HOSTS: path, HOOK: whsec }).hosts;
  expect(read).toMatchObject({ verification: host.verification, webhook: { secrets: [whsec, whsec, whsec] } });
  expect(faultsOf({ TU_ESIGN_HOSTS: path })).toEqual(['TU_ESIGN_HOSTS hosts bank: the variable HOOK is not set']);
  const both = { ...host, verification: { secret: 'muy-secreto'.repeat(4), secretFile: 'secret' } };
  expect(faultsOf({ TU_ESIGN_HOSTS: folder.write('both.json', JSON.stringify({ hosts: [both] })) })).toHaveLength(1);
  const none = { ...host, verification: { secretFile: 'nowhere' } };
  expect(faultsOf({ TU_ESIGN_HOSTS: folder.write('none.json', JSON.stringify({ hosts: [none] })) })).toEqual([
    'TU_ESIGN_HOSTS hosts bank: nowhere cannot be read',
  ]);
});
