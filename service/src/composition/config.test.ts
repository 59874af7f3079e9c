import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createFolder } from '../../test/tools.ts';
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
    elementFolder: resolve(import.meta.dirname, '../../../widget/dist/cdn'),
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
