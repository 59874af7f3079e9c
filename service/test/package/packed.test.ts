import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../src/signing/digest.ts';
import { findFreePort } from '../free-port.ts';
import { follow, postSigning, read, readRequest } from '../requests.ts';
import { agreement } from '../running-service.ts';
import { createForm } from '../signing-form.ts';
import { origin, signatory } from '../tokens.ts';
import { createFolder } from '../tools.ts';
import { installPackage } from './installed.ts';

/** The service as somebody has it who installs the package and follows what `tu-esign init` says. */

const folder = createFolder();
const home = join(folder.path, 'home');
const ends: (() => Promise<unknown>)[] = [];
let installed: Awaited<ReturnType<typeof installPackage>>;
let url: string;
beforeAll(async () => {
  installed = await installPackage(folder.path);
  url = `http://localhost:${await findFreePort()}`;
  mkdirSync(home);
});
afterAll(async () => {
  for (const end of ends) await end();
  folder.remove();
});

const call = (...parameters: string[]) => installed.call(home, ...parameters);
const mint = async (claims: object): Promise<string> =>
  (await installed.node(home, 'mint-token.mjs', JSON.stringify(claims))).trim();

const upload = async (): Promise<string> => {
  const headers = {
    authorization: `Bearer ${await mint({ scope: 'documents:write' })}`,
    'content-type': 'application/pdf',
  };
  const body = new Uint8Array(agreement);
  const response = await fetch(`${url}/v1/documents/${digestOf(agreement)}`, { method: 'PUT', headers, body });
  expect(response.status).toBe(201);
  return ((await response.json()) as { digest: string }).digest;
};

const sign = async (digest: string): Promise<SigningView> => {
  const document = { digest, name: 'Contrato.pdf' };
  const token = await mint({ scope: 'signing', origin, identifier: 'first-1', document, signatory });
  // Its own words, with the host by the name that `init` gave it.
  const { consents } = await readRequest({ url }, token);
  const { locale, digest: consented } = consents[0]!;
  const form = createForm({ consent: JSON.stringify({ locale, digest: consented }) });
  const response = await postSigning({ url }, token, form);
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as SigningView;
  await follow({ url }, id, token);
  return (await (await read({ url }, `/v1/signings/${id}`, token)).json()) as SigningView;
};

const save = async (name: string, href: string): Promise<string> => {
  writeFileSync(join(home, name), await (await fetch(href)).bytes());
  return name;
};

test('the package holds built JavaScript, the element and a shrinkwrap, and no sources', () => {
  const names = execFileSync('tar', ['-tzf', installed.tarball], { encoding: 'utf8' }).split('\n');
  expect(names).toContain('package/dist/element/tu-esign.js');
  expect(names).toContain('package/npm-shrinkwrap.json');
  expect(names).toContain('package/LICENSE');
  expect(names.filter((name) => name.endsWith('.ts'))).toEqual([]);
  const shrinkwrap = execFileSync('tar', ['-xzOf', installed.tarball, 'package/npm-shrinkwrap.json']);
  expect(shrinkwrap.toString()).not.toMatch(/"resolved"|https?:\/\/registry/);
});

test('that one file brings the command to npx, and to npm install -g', async () => {
  const { version } = JSON.parse(
    execFileSync('tar', ['-xzOf', installed.tarball, 'package/package.json'], { encoding: 'utf8' }),
  ) as { version: string };
  const empty = join(folder.path, 'empty');
  mkdirSync(empty);
  expect(await installed.npx(empty, '--version')).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
  const tuEsign = await installed.installGlobally(join(folder.path, 'machine'));
  expect(await tuEsign('--version')).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
  expect((await tuEsign('verify', '--help')).stdout).toContain('Usage: tu-esign verify');
});

test('init, check, serve, sign, verify, backup and restore, without the repository', async () => {
  const begun = await call('init', '--origin', origin, '--public-url', url);
  expect(begun).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await call('init')).stderr).toContain('already: nothing was written');
  const settings = readFileSync(join(home, 'tu-esign.json'), 'utf8');
  const operatorPort = await findFreePort();
  writeFileSync(
    join(home, 'tu-esign.json'),
    settings.replace('"TU_ESIGN_DATA"', `"TU_ESIGN_OPERATOR_ADDRESS": "127.0.0.1:${operatorPort}",\n  "TU_ESIGN_DATA"`),
  );
  const checked = await call('check');
  expect(checked.stdout).toContain('Nothing is wrong.');
  expect(checked.exitCode).toBe(0);

  const service = await installed.serve(home);
  ends.push(service.kill);
  expect(await call('health')).toMatchObject({ exitCode: 0, stdout: 'ready\n' });
  expect((await fetch(`${url}/element/tu-esign.js`)).status).toBe(200);
  expect((await fetch(`${url}/openapi.json`)).status).toBe(200);
  const { status, outputs, evidence } = await sign(await upload());
  expect(status).toBe('completed');
  const document = await save('document.pdf', outputs.document.link!.href);
  const certificate = await save('key.pem', outputs['key-certificate'].link!.href);
  const constancia = await save('constancia.tsr', outputs['conservation-certificate'].link!.href);
  const told = await save('evidence.json', evidence.href);
  const rootPem = await save('authority.pem', `${url}/v1/authority.pem`);
  expect(await call('review')).toMatchObject({ exitCode: 0 });
  expect((await call('backup', 'too-early')).stderr).toContain('is in use by another process: stop the service');
  expect(await service.stop()).toBe(0);

  const given = [document, constancia, '--certificate', certificate, '--root', rootPem];
  expect(await call('verify', ...given)).toMatchObject({ exitCode: 0 });
  expect(await call('verify-evidence', told, document, '--root', rootPem)).toMatchObject({ exitCode: 0 });

  expect(await call('backup', 'kept')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await call('restore', 'kept')).stderr).toContain('is in use: move it away');
  execFileSync('mv', ['data', 'lost'], { cwd: home });
  expect(await call('restore', 'kept')).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await call('check', '--files')).stdout).toContain('; 0 are not as they were kept\n');
  const again = await installed.serve(home);
  ends.push(again.kill);
  expect(await (await fetch(`${url}/v1/authority.pem`)).text()).toBe(readFileSync(join(home, rootPem), 'utf8'));
  expect(await again.stop('SIGINT')).toBe(0);
});
