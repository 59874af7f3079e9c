import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operate } from './operate.ts';
import { findFreePort } from './free-port.ts';
import { read } from './requests.ts';
import { agreement } from './running-service.ts';
import { digestOf } from '../src/signing/digest.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { bankKey, createTokens, hosts } from './tokens.ts';
import { createFolder } from './tools.ts';

/** A changed hosts file is taken while requests come, and none of them notices. */

const publicUrl = 'http://sign.example';
const tokens = createTokens(publicUrl);
const operatorKey = 'the-operators-key-of-the-tests-alone';
const folder = createFolder();
const file = join(folder.path, 'served.json');
const write = (content: unknown): void =>
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
let service: ServiceProcess;
let environment: Record<string, string>;
beforeAll(async () => {
  write({ hosts });
  environment = {
    TU_ESIGN_HOSTS: file,
    TU_ESIGN_DATA: join(folder.path, 'data'),
    TU_ESIGN_PUBLIC_URL: publicUrl,
    TU_ESIGN_OPERATOR_KEY: operatorKey,
    TU_ESIGN_OPERATOR_ADDRESS: `127.0.0.1:${await findFreePort()}`,
  };
  service = await startServiceProcess(folder, environment);
});
afterAll(async () => {
  await service.kill();
  folder.remove();
});

const [bank, shop] = hosts;
const market = {
  ...bank!,
  id: 'market',
  issuer: 'https://market.example',
  verification: { jwks: { keys: [bankKey.jwk] } },
};
const digest = digestOf(agreement);
const ask = async (issuer: string): Promise<number> =>
  (await read(service, '/v1/signing-request', await tokens.signing('one', digest, { claims: { iss: issuer } }))).status;
const told = (text: string): number => service.lines.filter((line) => line.includes(text)).length;

/** The bank's signatories go on asking. @returns what they were answered */
const startLoad = () => {
  const answers: number[] = [];
  const going = { on: true };
  const one = async (): Promise<void> => {
    while (going.on) answers.push(await ask('https://bank.example').catch(() => -1));
  };
  const all = Promise.all(Array.from({ length: 8 }, one));
  const stop = async (): Promise<number[]> => {
    going.on = false;
    await all;
    return answers;
  };
  return { answers, stop };
};

test('hosts come and go under load, a wrong file changes nothing, and no request fails', async () => {
  // What was never uploaded is not found: who asks is known.
  expect(await ask('https://bank.example')).toBe(404);
  expect(await ask('https://market.example')).toBe(401);
  const load = startLoad();
  for (let round = 1; round <= 3; round += 1) {
    write({ hosts: [bank, shop, market] });
    await expect.poll(() => load.answers.length).toBeGreaterThan(round * 30);
    expect(await operate(['reload'], environment)).toMatchObject({
      exitCode: 0,
      stdout: 'The hosts file was taken: 3 hosts.\n- host market is new\n',
    });
    expect(await ask('https://market.example')).toBe(404);
    write('{ "hosts": [');
    const refused = await operate(['reload'], environment);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('The hosts file is wrong; the old one stays in force');
    expect(refused.stderr).toContain(file);
    expect(await ask('https://market.example')).toBe(404);
    write({ hosts: [bank, shop] });
    await operate(['reload'], environment);
    expect(await ask('https://market.example')).toBe(401);
  }
  const answers = await load.stop();
  expect(answers.filter((status) => status !== 404)).toEqual([]);
});

test('SIGHUP does the same, and the log says what came of it', async () => {
  write({ hosts: [bank, market] });
  process.kill(service.pid, 'SIGHUP');
  await expect.poll(() => told('the hosts file was read anew')).toBe(1);
  expect(await ask('https://market.example')).toBe(404);
  write({ hosts: [{ ...bank, provider: 'nobody' }] });
  process.kill(service.pid, 'SIGHUP');
  await expect.poll(() => told('No such provider: nobody')).toBe(1);
  expect(told('the hosts file is wrong; the old one stays in force')).toBe(1);
  expect(await ask('https://market.example')).toBe(404);
});

test('what a file would change is told before it is taken', async () => {
  write({ hosts: [{ ...bank, name: 'Banco', origins: ['https://other.example'] }] });
  const changes = ['host bank changes: name, origins', 'host market goes: its tokens are refused'];
  const dry = await operate(['reload', '--dry-run'], environment);
  for (const change of changes) expect(dry.stdout).toContain(change);
  const checked = await operate(['check'], { ...environment, TU_ESIGN_ELEMENT: '', TU_ESIGN_LINK_SECONDS: '60' });
  for (const change of changes) expect(checked.stdout).toContain(change);
  expect(checked.exitCode).toBe(0);
  expect(await ask('https://market.example')).toBe(404);
});
