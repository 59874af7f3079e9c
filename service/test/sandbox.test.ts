import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawAutograph } from './autograph.ts';
import { agreement, otherAgreement } from './running-service.ts';
import { startSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { createFolder, createTrustStore, judgeSignatures, textOf, verifyTimeStampResponse } from './tools.ts';

const apiKey = 'the-key-of-the-sandbox';
const folder = createFolder();
const at = join(folder.path, 'sandbox');

let sandbox: Sandbox;
let trust: string;
beforeAll(async () => {
  sandbox = await startSandbox({ folder: at, apiKey, slowMs: 300, delays: { certificates: 0 } });
  trust = createTrustStore(folder, sandbox.rootPem);
});
afterAll(async () => {
  await sandbox.stop();
  folder.remove();
});

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** What the vendor's public demo posts to sign. */
const demoRequest = (identifier: string) => ({
  identifier,
  name: 'María José',
  firstName: 'Ejemplo',
  lastName: 'Ficticia',
  rfc: 'GODE561231GR8',
  email: 'maria.ficticia@example.org',
  document: base64(agreement),
  showSignature: 1,
  imageSignature: base64(drawAutograph().png),
});

const post = (method: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${sandbox.url}/api/ESign/${method}`, {
    method: 'POST',
    headers: { apiKey, 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

const download = async (method: string, identifier: string): Promise<Buffer> => {
  const response = await post(method, { identifier });
  expect(response.status).toBe(200);
  const [output] = Object.values((await response.json()) as Record<string, string>);
  return Buffer.from(output!, 'base64');
};

test("the vendor's demo client signs, and gets a PDF in a field called image", async () => {
  const signed = await post('addSingleSignatory', demoRequest('demo-1'));
  expect(signed.status).toBe(200);
  expect(await signed.json()).toMatchObject({ status: 'success', message: expect.any(String) });
  const { image } = (await (await post('getDocument', { identifier: 'demo-1' })).json()) as { image: string };
  const pdf = folder.write('demo.pdf', Buffer.from(image, 'base64'));
  expect(judgeSignatures(pdf, trust)).toEqual([
    { valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' },
  ]);
  // A long name takes two lines beside the autograph.
  expect(textOf(pdf).replaceAll(/\s+/g, ' ')).toContain('María José Ejemplo Ficticia');
});

test('key certificate and constancia are real, and of the signed document', async () => {
  await post('addSingleSignatory', demoRequest('outputs'));
  const data = await download('getDocument', 'outputs');
  const response = await download('getConservationCertificate', 'outputs');
  const { rootPem } = sandbox;
  expect(verifyTimeStampResponse(folder, { response, data, rootPem }).output).toContain('Verification: OK');
  expect((await download('getKeyCertificate', 'outputs')).toString()).toContain('BEGIN CERTIFICATE');
});

test('three sign in sequence, each in a revision that leaves the ones before valid', async () => {
  let document = base64(agreement);
  for (const name of ['Uno', 'Dos', 'Tres']) {
    const response = await post('ADDSIGNATORY', { ...demoRequest('three'), name, document });
    expect(response.status).toBe(200);
    document = base64(await download('getdocument', 'three'));
  }
  const judged = judgeSignatures(folder.write('three.pdf', Buffer.from(document, 'base64')), trust);
  expect(judged.map(({ valid }) => valid)).toEqual([true, true, true]);
  expect(sandbox.executionsOf('three')).toBe(3);
  const other = { ...demoRequest('three'), document: base64(otherAgreement) };
  expect(await (await post('addSignatory', other)).json()).toEqual({ error: 'other-document' });
});

test('a repeated identifier is signed again, and counted', async () => {
  for (let times = 0; times < 2; times += 1) await post('addSingleSignatory', demoRequest('repeated'));
  expect(sandbox.executionsOf('repeated')).toBe(2);
});

const { imageSignature: _image, ...withoutImage } = demoRequest('strict');
const refused: [string, unknown, string][] = [
  [
    'a data: prefix',
    { ...demoRequest('strict'), document: `data:application/pdf;base64,${base64(agreement)}` },
    'document',
  ],
  [
    'an image with a data: prefix',
    { ...demoRequest('strict'), imageSignature: 'data:image/png;base64,AAAA' },
    'imageSignature',
  ],
  ['a document that is no PDF', { ...demoRequest('strict'), document: base64(Buffer.from('hello')) }, 'document'],
  ['showSignature as a text', { ...demoRequest('strict'), showSignature: '1' }, 'showSignature'],
  ['showSignature as a boolean', { ...demoRequest('strict'), showSignature: true }, 'showSignature'],
  ['an unknown field', { ...demoRequest('strict'), phone: '5555555555' }, 'body'],
  ['no identifier', { ...demoRequest('strict'), identifier: '' }, 'identifier'],
  ['no image from a single signatory', withoutImage, 'imageSignature'],
];

test.each(refused)('%s is refused, and nothing is signed', async (_what, body, field) => {
  const response = await post('addSingleSignatory', body);
  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error: `invalid-${field}` });
  expect(sandbox.executionsOf('strict')).toBe(0);
});

test('a wrong API key, another method, another media type and broken JSON are refused', async () => {
  const body = demoRequest('head');
  expect((await post('addSingleSignatory', body, { apiKey: 'wrong' })).status).toBe(401);
  expect((await post('addSingleSignatory', body, { 'Content-Type': 'text/plain' })).status).toBe(415);
  expect((await post('addSingleSignatory', '{')).status).toBe(400);
  expect((await fetch(`${sandbox.url}/api/ESign/getDocument`, { headers: { apiKey } })).status).toBe(405);
  expect((await post('removeDocument', body)).status).toBe(404);
  expect(sandbox.executionsOf('head')).toBe(0);
});

test('an unknown identifier is not found, and what was signed is handed out after its time alone', async () => {
  expect(await (await post('getDocument', { identifier: 'nobody' })).json()).toEqual({ error: 'not-found' });
  const late = await startSandbox({ folder: join(folder.path, 'late'), apiKey, delays: { document: 400 } });
  const ask = (method: string, body: unknown) =>
    fetch(`${late.url}/api/esign/${method}`, {
      method: 'POST',
      headers: { apiKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await ask('addsinglesignatory', demoRequest('late'));
  const empty = await ask('getdocument', { identifier: 'late' });
  expect([empty.status, await empty.text()]).toEqual([204, '']);
  await expect.poll(async () => (await ask('getdocument', { identifier: 'late' })).status).toBe(200);
  await late.stop();
});

test('it misbehaves as the header of a request says, and as it was told over HTTP, so many times', async () => {
  const html = await post('addSingleSignatory', demoRequest('told'), { 'x-sandbox': 'html-error' });
  expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
  const misspelt = await post('addSingleSignatory', demoRequest('told'), { 'x-sandbox': 'html-eror' });
  expect(await misspelt.json()).toEqual({ error: 'no-such-fault' });
  expect(sandbox.executionsOf('told')).toBe(0);
  const order = { fault: 'rate-limited', method: 'addSingleSignatory', identifier: 'told' };
  await fetch(`${sandbox.url}/sandbox/faults`, { method: 'POST', body: JSON.stringify(order) });
  const limited = await post('addSingleSignatory', demoRequest('told'));
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '2']);
  const partial = await post('addSingleSignatory', demoRequest('told'), { 'x-sandbox': 'partial' });
  expect(partial.status).toBe(203);
  expect(await partial.json()).toMatchObject({ status: 'success', warnings: [{ code: 'W-017' }] });
  const again = await post('addSingleSignatory', demoRequest('told'), { 'x-sandbox': 'capitalised' });
  expect(await again.json()).toMatchObject({ status: 'Success' });
  expect(await (await fetch(`${sandbox.url}/sandbox/executions`)).json()).toMatchObject({ told: 2 });
});

test('what was signed and how often is there after a restart', async () => {
  const home = { folder: join(folder.path, 'again'), apiKey };
  const first = await startSandbox(home);
  const headers = { apiKey, 'content-type': 'application/json' };
  const body = JSON.stringify(demoRequest('kept'));
  await fetch(`${first.url}/api/ESign/addSingleSignatory`, { method: 'POST', headers, body });
  await first.stop();
  const second = await startSandbox(home);
  expect([second.executionsOf('kept'), second.rootPem]).toEqual([1, first.rootPem]);
  const asked = { method: 'POST', headers, body: JSON.stringify({ identifier: 'kept' }) };
  expect((await fetch(`${second.url}/api/ESign/getDocument`, asked)).status).toBe(200);
  await second.stop();
});

test('it does not run in production', () => {
  const main = fileURLToPath(new URL('../sandbox/main.ts', import.meta.url));
  const env = { PATH: process.env['PATH'], NODE_ENV: 'production', SANDBOX_PORT: '0', SANDBOX_FOLDER: folder.path };
  const { status, stderr } = spawnSync(process.execPath, [main], { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('not for production');
});
