import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, OperatorRenewals, SigningView } from '@tu-esign/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openAuthority } from '#authority/authority.ts';
import { HostWebhook } from '../src/hosts/webhook.ts';
import { digestOf } from '../src/signing/digest.ts';
import { findFreePort } from './free-port.ts';
import { createKeys } from './keys.ts';
import { operate, verifyFiles } from './operate.ts';
import { startReceiver, type Receiver } from './receiver.ts';
import { follow, postSigning, read } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { hosts } from './tokens.ts';
import { createFolder, createTrustStore, extractSignature, faultsOf, judgePersons, run, type Folder } from './tools.ts';
import { until } from './until.ts';

const dayMs = 24 * 3_600_000;
const yearMs = 365.25 * dayMs;
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const operatorKey = 'k'.repeat(40);

let folder: Folder;
let receiver: Receiver;
let service: RunningService | undefined;
let publicUrl: string;
beforeEach(async () => {
  folder = createFolder();
  receiver = await startReceiver();
  publicUrl = `http://localhost:${await findFreePort()}`;
  const today = Date.now();
  // Made long ago: the certificate that stamps ends in a month, and its root in five years.
  await openAuthority({
    keys: createKeys(join(folder.path, 'data', 'keys')),
    now: () => new Date(today - 25 * yearMs + 30 * dayMs),
  });
  vi.useFakeTimers({ toFake: ['Date'], now: today - 60 * dayMs });
});
afterEach(async () => {
  vi.useRealTimers();
  await service?.stop();
  service = undefined;
  await receiver.stop();
  folder.remove();
});

const start = async (changes = {}): Promise<RunningService> => {
  const webhook = HostWebhook.parse({ url: receiver.url, secrets: [secret], allowPrivate: true });
  const [bank] = hosts;
  const port = Number(new URL(publicUrl).port);
  service = await startRunningService(
    { hosts: [{ ...bank!, webhook }], publicUrl, port, operatorKey, ...changes },
    folder,
  );
  return service;
};

/** Two months pass while it is not running. */
const stop = async (): Promise<void> => {
  await service!.stop();
  service = undefined;
  vi.useRealTimers();
};

const sign = async () => {
  const { tokens, upload } = service!;
  const token = await tokens.signing('one', await upload(agreement));
  const { id } = (await (await postSigning(service!, token)).json()) as SigningView;
  const view = (await follow(service!, id, token)).at(-1)!;
  expect(view.outputs.document).toMatchObject({ state: 'issued', level: 'B-LTA' });
  return { id, view };
};

/** By a token of today: that of two months ago has expired. */
const viewOf = async (id: string): Promise<SigningView> => {
  const token = await service!.tokens.signing('one', digestOf(agreement));
  return (await read(service!, `/v1/signings/${id}`, token)).json() as Promise<SigningView>;
};

const save = async (name: string, href: string): Promise<string> =>
  folder.write(name, Buffer.from(await (await fetch(href)).arrayBuffer()));

const rotate = async (): Promise<void> => {
  const hostsFile = folder.write('hosts.json', JSON.stringify({ hosts }));
  const environment = { TU_ESIGN_HOSTS: hostsFile, TU_ESIGN_DATA: join(folder.path, 'data') };
  expect(await operate(['keys', 'rotate', 'time-stamp', '--within', '0'], environment)).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
};

const report = async (): Promise<OperatorRenewals> => {
  const options = ['--service', service!.operatorUrl!, '--json'];
  const { stdout, stderr, exitCode } = await operate(['evergreen', '--report', ...options], {
    TU_ESIGN_OPERATOR_KEY: operatorKey,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as OperatorRenewals;
};

const countRenewals = (): number => types().filter((type) => type === 'document.renewed').length;

const types = (): string[] => receiver.arrived.map(({ body }) => (JSON.parse(body) as { type: string }).type);

test('a document is time-stamped anew before its time-stamp ends: what it was stays, byte for byte, and all that belongs to it holds', async () => {
  await start();
  const { id, view } = await sign();
  const before = await save('before.pdf', view.outputs.document.link!.href);
  const constancia = await save('constancia.tsr', view.outputs['conservation-certificate'].link!.href);
  const root = await save('root.pem', `${service!.url}/v1/authority.pem`);
  expect(await report()).toEqual({ now: 0, unread: 1, months: [] });
  await stop();
  await rotate();
  await start();
  await until('the time-stamp is renewed', async () => types().includes('document.renewed') || undefined);
  const { outputs, evidence } = await viewOf(id);
  const after = await save('after.pdf', outputs.document.link!.href);

  const [old, renewed] = [before, after].map((path) => readFileSync(path));
  expect(renewed!.subarray(0, old!.length).equals(old!)).toBe(true);
  expect(renewed!.length).toBeGreaterThan(old!.length);
  expect(outputs.document).toMatchObject({ digest: digestOf(renewed!), bytes: renewed!.length, level: 'B-LTA' });

  const judged = await verifyFiles(
    after,
    constancia,
    '--original',
    folder.write('original.pdf', agreement),
    '--root',
    root,
  );
  expect(judged.stdout).toContain(`of document’s first ${old!.length} bytes, before it was time-stamped anew`);
  expect(judged).toMatchObject({ exitCode: 0 });
  // Poppler judges whom it trusts by today's clock alone, and a signatory's certificate lives for a day.
  const store = createTrustStore(folder, readFileSync(root, 'utf8'));
  expect(judgePersons(after, store)).toMatchObject([{ valid: true, total: true }]);
  expect(faultsOf(after)).toBe(0);

  const evidenceFile = await save('evidence.json', evidence.href);
  expect(await operate(['verify-evidence', evidenceFile, before, after, constancia, '--root', root])).toMatchObject({
    exitCode: 0,
  });
  const { entries } = JSON.parse(readFileSync(evidenceFile, 'utf8')) as Evidence;
  expect(entries.filter(({ kind }) => kind === 'renewed')).toMatchObject([
    { data: { document: { digest: digestOf(renewed!) }, previous: { digest: digestOf(old!) } } },
  ]);

  const { now, unread, months } = await report();
  expect([now, unread]).toEqual([0, 0]);
  expect(months).toMatchObject([{ documents: 1 }]);
  await expectToHoldLater(root);
});

/** After the end of the certificate that stamped first: as openssl judges a token by today's time, it fails, the new one does not. */
const expectToHoldLater = async (root: string): Promise<void> => {
  const inHalfAYear = String(Math.floor((Date.now() + yearMs / 2) / 1000));
  const judge = (name: string): string => {
    const { cms, covered } = extractSignature(readFileSync(join(folder.path, name)));
    const [token, data] = [folder.write(`${name}.token`, cms), folder.write(`${name}.data`, covered)];
    const given = ['-in', token, '-token_in', '-data', data, '-CAfile', root, '-attime', inHalfAYear];
    return run('openssl', 'ts', '-verify', ...given).output;
  };
  expect(judge('before.pdf')).toContain('certificate has expired');
  expect(judge('after.pdf')).toContain('Verification: OK');
};

test('where the key that stamps ends as soon, nothing is renewed, and the operator is told to rotate it', async () => {
  await start();
  const { id, view } = await sign();
  await stop();
  await start();
  const said = 'a new time-stamp would end no later than the one before: rotate the time-stamp key';
  await until('it is told', async () => service!.lines.some((line) => line.includes(said)) || undefined);
  const { outputs } = await viewOf(id);
  expect(outputs.document.digest).toBe(view.outputs.document.digest);
  expect(types()).not.toContain('document.renewed');
  // It is tried again a day later.
  await until('it is put off', async () => (await report()).now === 0 || undefined);
});

test('what was changed in the storage is not stamped as if it were what was signed', async () => {
  await start();
  const { id, view } = await sign();
  await stop();
  await rotate();
  const path = join(folder.path, 'data', 'files', 'signings', id, view.outputs.document.digest!);
  const content = readFileSync(path);
  content[content.length - 20]! ^= 1;
  writeFileSync(path, content);
  await start();
  await until(
    'it is told',
    async () => service!.lines.some((line) => line.includes('a time-stamp was not renewed')) || undefined,
  );
  expect((await viewOf(id)).outputs.document.digest).toBe(view.outputs.document.digest);
  expect(types()).not.toContain('document.renewed');
});

test('where SHA-384 is asked for, documents whose time-stamp is of SHA-256 are renewed, once', async () => {
  await start();
  const { id } = await sign();
  await stop();
  await rotate();
  await start();
  await until('it is renewed', () => types().includes('document.renewed') || undefined);
  await stop();
  await start({ archiveDigest: 'sha384' });
  await until('it is renewed again', () => countRenewals() === 2 || undefined);
  const { outputs } = await viewOf(id);
  const root = await save('root.pem', `${service!.url}/v1/authority.pem`);
  const renewed = await save('renewed.pdf', outputs.document.link!.href);
  const constancia = await save('constancia.tsr', outputs['conservation-certificate'].link!.href);
  expect(await verifyFiles(renewed, constancia, '--root', root)).toMatchObject({ exitCode: 0 });
  const { cms, covered } = extractSignature(readFileSync(renewed));
  const token = ['-in', folder.write('token', cms), '-token_in'];
  expect(run('openssl', 'ts', '-reply', '-text', ...token).output).toContain('Hash Algorithm: sha384');
  const judged = run('openssl', 'ts', '-verify', ...token, '-data', folder.write('covered', covered), '-CAfile', root);
  expect(judged.output).toContain('Verification: OK');
  await stop();
  await start({ archiveDigest: 'sha384' });
  expect((await report()).now).toBe(0);
});
