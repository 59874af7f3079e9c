import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRootList, openRootFiles } from '#authority/offline/create-root.ts';
import { findFreePort } from './free-port.ts';
import { createKeys } from './keys.ts';
import { operate, startCommand, verifyFiles } from './operate.ts';
import { follow, postSigning } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { createTokens, hosts } from './tokens.ts';
import { createFolder, createTrustStore, judgePersons, run, verifyChain } from './tools.ts';

/** A root on a machine of its own, and a service below it. */
const port = await findFreePort();
const publicUrl = `http://localhost:${port}`;
const operatorKey = 'the-operators-key-of-the-tests-alone';
const tokens = createTokens(publicUrl);
const folder = createFolder();
const at = (name: string): string => join(folder.path, name);
const environment = {
  TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
  TU_ESIGN_DATA: at('data'),
  TU_ESIGN_PUBLIC_URL: publicUrl,
  TU_ESIGN_ORGANISATION: 'Casa de Ejemplo',
  TU_ESIGN_ELEMENT: '',
};
const secret = ['--passphrase', folder.write('secret', 'a passphrase of theirs')];

let service: RunningService | undefined;
const restart = async (): Promise<void> => {
  await service?.stop();
  service = undefined;
  service = await startRunningService({ port, publicUrl, operatorKey }, folder);
};
afterAll(async () => {
  await service?.stop();
  folder.remove();
});

const done = async (words: string[]): Promise<string> => {
  const { exitCode, stdout, stderr } = await operate(words, environment);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
};
/** In a process of its own, as it would end. */
const refuseStart = async (): Promise<string> => {
  const { exitCode, stderr, stdout } = await startCommand(['serve'], { ...environment, TU_ESIGN_PORT: `${port}` });
  expect(exitCode).toBe(1);
  return stderr + stdout;
};
const save = async (name: string, href: string): Promise<string> =>
  folder.write(name, Buffer.from(await (await fetch(href)).arrayBuffer()));

const sign = async (name: string, level = 'B-LTA') => {
  const token = await tokens.signing(name, await service!.upload(agreement));
  const { id } = (await (await postSigning(service!, token)).json()) as SigningView;
  const { status, outputs, evidence } = (await follow(service!, id, token)).at(-1)!;
  expect(status).toBe('completed');
  expect(outputs.document).toMatchObject({ level });
  return {
    id,
    document: await save(`${name}.pdf`, outputs.document.link!.href),
    keyCertificate: await save(`${name}.pem`, outputs['key-certificate'].link!.href),
    constancia: await save(`${name}.tsr`, outputs['conservation-certificate'].link!.href),
    evidence: await save(`${name}.json`, evidence.href),
  };
};

const root = (): string => at('root/root.pem');
let store: string;
const expectGood = async (files: Awaited<ReturnType<typeof sign>>): Promise<void> => {
  expect(judgePersons(files.document, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
  expect(verifyChain(folder, readFileSync(files.keyCertificate, 'utf8'), readFileSync(root(), 'utf8')).status).toBe(0);
  const given = [files.document, files.constancia, '--certificate', files.keyCertificate, '--root', root()];
  expect(await verifyFiles(...given)).toMatchObject({ exitCode: 0 });
  expect(await operate(['verify-evidence', files.evidence, files.document, '--root', root()])).toMatchObject({
    exitCode: 0,
  });
};

const check = async (): Promise<string[]> => {
  const { stdout } = await operate(['check', '--json'], environment);
  const found = JSON.parse(stdout) as { part: string; found: string; said: string }[];
  return found.filter(({ part }) => part === 'keys').map((one) => `${one.found}: ${one.said}`);
};

let before: Awaited<ReturnType<typeof sign>>;
const issuer = (): string =>
  folder.write('issuer.pem', readFileSync(before.keyCertificate, 'utf8').split(/(?<=-----END.*\n)/)[1]!);

describe('a root on another machine', () => {
  beforeAll(async () => {
    const said = await done(['init-root', at('root'), '--organisation', 'Casa de Ejemplo', ...secret]);
    store = createTrustStore(folder, readFileSync(root(), 'utf8'));
    expect(run('openssl', 'x509', '-in', root(), '-noout', '-fingerprint', '-sha256').output).toContain(
      /SHA-256 (\S+)/.exec(said)![1],
    );
  });

  test('certifies what a service asks for before its first start, and its key is never there', async () => {
    const asked = await done(['keys', 'request', '--out', at('request.pem')]);
    expect(run('openssl', 'req', '-in', at('request.pem'), '-verify', '-noout').output).toContain('OK');
    expect(await check()).toEqual([expect.stringMatching(/^wrong: the authority waits for certificates/)]);
    expect(await refuseStart()).toContain('waits for certificates by its root');
    expect((await check()).at(-1)).toMatch(/^wrong: the authority waits for certificates/);

    const lists = ['--lists', publicUrl];
    const out = ['--out', at('certificates.pem')];
    const certified = await done(['root', 'certify', at('root'), at('request.pem'), ...out, ...lists, ...secret]);
    for (const [, key] of asked.matchAll(/key ([\da-f]{64})/g)) expect(certified).toContain(key);
    await done(['keys', 'install', at('certificates.pem')]);
    expect(await check()).toContainEqual(
      expect.stringMatching(/^good: the root's key is not here; its list .* holds until/),
    );

    await restart();
    before = await sign('before');
    await expectGood(before);
    for (const file of run('ls', '-R', at('data/keys')).output.split('\n')) expect(file).not.toMatch(/^root\.key/);
    expect(await (await fetch(`${publicUrl}/v1/authority.pem`)).text()).toBe(readFileSync(root(), 'utf8'));
  });

  test('tells what it has revoked by a list that the service publishes', async () => {
    const text = run('openssl', 'x509', '-in', issuer(), '-noout', '-text').output;
    expect(text).not.toContain('OCSP');
    const list = await save('root.crl', /URI:(\S+\.crl)/.exec(text)![1]!);
    const read = run('openssl', 'crl', '-inform', 'DER', '-in', list, '-CAfile', root(), '-noout', '-nextupdate');
    expect(read.output).toContain('verify OK');
    const days = (Date.parse(/nextUpdate=(.*)/.exec(read.output)![1]!) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(365);
    const anchors = folder.write(
      'anchors.pem',
      readFileSync(root(), 'utf8') + readFileSync(at('root/root.crl.pem'), 'utf8'),
    );
    expect(run('openssl', 'verify', '-crl_check', '-CAfile', anchors, issuer()).status).toBe(0);
  });

  test('is answered for by nobody in OCSP, which says so', async () => {
    const question = ['-issuer', root(), '-cert', issuer(), '-no_nonce', '-reqout', at('question.der')];
    run('openssl', 'ocsp', ...question);
    const headers = { 'content-type': 'application/ocsp-request' };
    const response = await fetch(`${publicUrl}/v1/ocsp`, {
      method: 'POST',
      headers,
      body: readFileSync(at('question.der')),
    });
    const answer = folder.write('answer.der', Buffer.from(await response.arrayBuffer()));
    expect(run('openssl', 'ocsp', '-respin', answer, '-noverify').output).toMatch(/unauthorized \(6\)/);
  });

  test('alone certifies another issuing key, and what was signed before holds', async () => {
    const refused = await operate(['keys', 'rotate', 'issuing'], environment);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('tu-esign keys request') });
    await done(['keys', 'request', 'issuing', '--out', at('request-2.pem')]);
    const out = ['--out', at('certificates-2.pem')];
    await done(['root', 'certify', at('root'), at('request-2.pem'), ...out, ...secret]);
    await done(['keys', 'install', at('certificates-2.pem')]);
    await restart();
    const after = await sign('after');
    await expectGood(after);
    await expectGood(before);
    const issuers = [before, after].map(({ keyCertificate }) =>
      readFileSync(keyCertificate, 'utf8')
        .split(/(?<=-----END.*\n)/)
        .at(1),
    );
    expect(issuers[0]).not.toBe(issuers[1]);
    // What a key that was replaced has revoked goes on being told.
    const of = ['--service', service!.operatorUrl!];
    const told = await operate(['revoke', before.id, ...of], { TU_ESIGN_OPERATOR_KEY: operatorKey });
    expect(told).toMatchObject({ exitCode: 0 });
  });

  test('alone revokes what it has certified, and the service begins no more with that', async () => {
    const serial = run('openssl', 'x509', '-in', at('certificates-2.pem'), '-noout', '-serial').output;
    const number = /serial=(\w+)/.exec(serial)![1]!;
    const words = ['revoke', '--serial-number', number, '--service', service!.operatorUrl!];
    const refused = await operate(words, { TU_ESIGN_OPERATOR_KEY: operatorKey });
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('tu-esign root revoke') });

    const reason = ['--reason', 'superseded'];
    await done(['root', 'revoke', at('root'), number, ...reason, ...secret]);
    expect(await operate(['root', 'revoke', at('root'), number, ...secret])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('is revoked already'),
    });
    const list = run('openssl', 'crl', '-in', at('root/root.crl.pem'), '-noout', '-text').output;
    expect(list).toMatch(new RegExp(`Serial Number: ${number}[^]*Superseded`));
    await done(['keys', 'install', at('root/root.crl.pem')]);
    await service!.stop();
    expect(await refuseStart()).toContain('has revoked a certificate that is in force');
    expect(await check()).toEqual([
      expect.stringMatching(/^wrong: the root has revoked a certificate that is in force/),
    ]);

    await done(['keys', 'request', 'issuing', '--out', at('request-3.pem')]);
    await done(['root', 'certify', at('root'), at('request-3.pem'), '--out', at('certificates-3.pem'), ...secret]);
    await done(['keys', 'install', at('certificates-3.pem')]);
    await restart();
    await expectGood(await sign('at last'));
  });

  test('whose list has ended: check says so, and documents reach no more than B-T', async () => {
    await service!.stop();
    const kept = createKeys(at('data/keys'));
    const key = readFileSync(at('root/root.key.pem'), 'utf8');
    const opened = openRootFiles({ key, certificate: readFileSync(root(), 'utf8') }, 'a passphrase of theirs');
    const listUntil = async (days: number): Promise<void> => {
      const now = new Date(Date.now() - 10 * 86_400_000);
      const list = await createRootList(opened, { revoked: [], now, days });
      await kept.replace('authority', async (files) => ({ ...files, 'root.crl.pem': list }));
    };
    await listUntil(39);
    expect(await check()).toContainEqual(expect.stringMatching(/^unsure: .* make another by tu-esign root list/));
    await listUntil(9);
    expect(await check()).toContainEqual(
      expect.stringMatching(/^wrong: the root's key is not here, and its list ended/),
    );
    await restart();
    await sign('ended', 'B-T');
    await done(['root', 'list', at('root'), ...secret]);
    await done(['keys', 'install', at('root/root.crl.pem')]);
    await restart();
    await sign('renewed');
  });

  test('says how it is called wrongly', async () => {
    const refusals: [string[], number, RegExp][] = [
      [['init-root'], 2, /folder is missing|missing required|the folder/],
      [['init-root', at('root')], 1, /is not empty/],
      [['root', 'burn', at('root')], 2, /Say one of certify, revoke and list/],
      [['root', 'list', at('root')], 1, /is encrypted: name its passphrase/],
      [
        ['root', 'list', at('root'), '--passphrase', folder.write('other', 'another one of theirs')],
        1,
        /does not open/,
      ],
      [['root', 'list', at('root'), '--days', '0', ...secret], 2, /--days is a whole number/],
      [['root', 'list', at('data')], 1, /the root's key is missing/],
      [['root', 'certify', at('root'), root(), '--out', at('x.pem'), ...secret], 1, /no request for a certificate/],
      [['root', 'certify', at('root'), at('request.pem'), '--out', root(), ...secret], 1, /is there already/],
      [['root', 'revoke', at('root'), 'wörter', ...secret], 2, /hexadecimal/],
      [['keys', 'request', 'links'], 2, /of these kinds: issuing, time-stamp/],
      [['keys', 'request', '--out', at('request.pem')], 1, /is there already/],
      [['keys', 'install', at('certificates.pem')], 1, /is older than that which is here/],
    ];
    for (const [words, exitCode, stderr] of refusals)
      expect(await operate(words, environment), words.join(' ')).toMatchObject({
        exitCode,
        stderr: expect.stringMatching(stderr),
      });
    rmSync(at('root/root.pem'));
    expect((await operate(['root', 'list', at('root'), ...secret])).stderr).toContain('has no root.pem');
  });
});
