import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { client, startCscServer, type CscServer } from './csc-server.ts';
import { findFreePort } from './free-port.ts';
import { operate, verifyFiles } from './operate.ts';
import { follow, postSigning } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { createTokens, hosts } from './tokens.ts';
import { createFolder, createTrustStore, judgePersons } from './tools.ts';

const port = await findFreePort();
const publicUrl = `http://localhost:${port}`;
const tokens = createTokens(publicUrl);
const folder = createFolder();
const credentials = { issuing: 'emisora-1', 'time-stamp': 'sello-1', seal: 'evidencia-1' };
let server: CscServer;
let service: RunningService | undefined;
beforeAll(async () => {
  server = await startCscServer();
  for (const id of Object.values(credentials)) server.addCredential(id);
});
afterAll(async () => {
  await service?.stop();
  await server.stop();
  folder.remove();
});

const environment = () => ({
  TU_ESIGN_HOSTS: folder.write('hosts.json', JSON.stringify({ hosts })),
  TU_ESIGN_DATA: `${folder.path}/data`,
  TU_ESIGN_CSC_URL: server.url,
  TU_ESIGN_CSC_CREDENTIALS: Object.entries(credentials)
    .map((pair) => pair.join('='))
    .join(' '),
  TU_ESIGN_CSC_TOKEN_URL: server.tokenUrl,
  TU_ESIGN_CSC_CLIENT_ID: client.clientId,
  TU_ESIGN_CSC_CLIENT_SECRET: client.clientSecret,
});

const save = async (name: string, href: string): Promise<string> =>
  folder.write(name, Buffer.from(await (await fetch(href)).arrayBuffer()));

const sign = async (name: string, meanwhile = async () => {}) => {
  const token = await tokens.signing(name, await service!.upload(agreement));
  const { id } = (await (await postSigning(service!, token)).json()) as SigningView;
  await meanwhile();
  const { status, outputs, evidence } = (await follow(service!, id, token)).at(-1)!;
  expect(status).toBe('completed');
  return {
    document: await save(`${name}.pdf`, outputs.document.link!.href),
    keyCertificate: await save(`${name}.pem`, outputs['key-certificate'].link!.href),
    constancia: await save(`${name}.tsr`, outputs['conservation-certificate'].link!.href),
    evidence: await save(`${name}.json`, evidence.href),
  };
};

test('keys go behind a remote signer by their rotation, and what either has signed holds', async () => {
  service = await startRunningService({ port }, folder);
  const root = await save('root.pem', `${publicUrl}/v1/authority.pem`);
  const before = await sign('before');
  await service.stop();
  service = undefined;
  const words = ['keys', 'rotate', 'seal', 'issuing', 'time-stamp', '--within', '0'];
  expect(await operate(words, environment())).toMatchObject({ exitCode: 0, stderr: '' });
  // A key is made once.
  expect(await operate(words, environment())).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('name another credential'),
  });
  expect((await operate(['check'], environment())).stdout).toContain('within the authority’s certificates');
  const csc = { url: server.url, credentials, pin: undefined, authorization: { tokenUrl: server.tokenUrl, ...client } };
  service = await startRunningService({ port, csc }, folder);
  server.state.signed = [];
  const after = await sign('after');
  const timesOf = (id: string): number => server.state.signed.filter((one) => one === id).length;
  // Its certificate, the hour's list and the day's responder; time-stamps of signature and document, and the constancia.
  expect([timesOf(credentials.issuing), timesOf(credentials['time-stamp'])]).toEqual([3, 3]);
  // Nothing that was not verified goes into a document: while the signer answers wrongly, the signing waits.
  server.behave('wrong', credentials.issuing);
  const late = await sign('late', async () => {
    const asked = server.state.asked.length;
    await expect.poll(() => server.state.asked.length).toBeGreaterThan(asked + 1);
    server.behave('right');
  });
  // Who accepts seals evidence: while the signer is away, nothing is accepted.
  const begun = await tokens.signing('begun', await service.upload(agreement));
  server.behave('unavailable');
  expect((await postSigning(service, begun)).status).toBe(503);
  server.behave('right');
  expect((await postSigning(service, begun)).status).toBe(202);
  const store = createTrustStore(folder, readFileSync(root, 'utf8'));
  for (const files of [before, after, late]) {
    expect(judgePersons(files.document, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
    const given = [files.document, files.constancia, '--certificate', files.keyCertificate, '--root', root];
    expect(await verifyFiles(...given)).toMatchObject({ exitCode: 0 });
    const judged = await operate(['verify-evidence', files.evidence, files.document, '--root', root]);
    expect(judged).toMatchObject({ exitCode: 0, stderr: '' });
  }
  await service.stop();
  service = undefined;
  await expect(startRunningService({ port }, folder)).rejects.toThrow('a key is behind the remote signer');
});

test('an authority may be behind a remote signer from its first start, with keys of several kinds', async () => {
  const elsewhere = createFolder();
  onTestFinished(elsewhere.remove);
  const named = { root: 'raíz', issuing: 'emisora; 2', 'time-stamp': 'sello-2' };
  server.addCredential(named.root, 'P-384', 'oauth2code');
  server.addCredential(named.issuing, 'P-384');
  server.addCredential(named['time-stamp'], 'RSA-3072');
  const authorization = { tokenUrl: server.tokenUrl, ...client };
  const csc = { url: server.url, credentials: named, pin: undefined, authorization };
  service = await startRunningService({ port, csc }, elsewhere);
  const root = await save('root-2.pem', `${publicUrl}/v1/authority.pem`);
  expect(new X509Certificate(readFileSync(root)).publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' });
  const files = await sign('first');
  const given = [files.document, files.constancia, '--certificate', files.keyCertificate, '--root', root];
  expect(await verifyFiles(...given)).toMatchObject({ exitCode: 0 });
  const store = createTrustStore(elsewhere, readFileSync(root, 'utf8'));
  expect(judgePersons(files.document, store)).toMatchObject([{ valid: true, trusted: true, total: true }]);
  await service.stop();
  service = undefined;
});

test.each<[string, Record<string, string | undefined>, RegExp]>([
  ['an address alone', { TU_ESIGN_CSC_CREDENTIALS: undefined }, /_CSC_CREDENTIALS: is needed/],
  ['no way in', { TU_ESIGN_CSC_CLIENT_SECRET: undefined }, /_CSC_CLIENT_SECRET: is needed/],
  ['two ways in', { TU_ESIGN_CSC_TOKEN: 'x' }, /_CSC_TOKEN_URL: is of no use beside TU_ESIGN_CSC_TOKEN/],
  ['secrets in clear', { TU_ESIGN_CSC_URL: 'http://signer.example/csc/v2' }, /_CSC_URL: is asked with secrets/],
  ['a kind that is none', { TU_ESIGN_CSC_CREDENTIALS: 'links=x' }, /_CSC_CREDENTIALS: is not as issuing=ID/],
  ['a kind twice', { TU_ESIGN_CSC_CREDENTIALS: 'seal=x seal=y' }, /_CSC_CREDENTIALS: is not as issuing=ID/],
])('settings with %s are told', async (_, changes, said) => {
  const { exitCode, stderr } = await operate(['keys', 'list'], { ...environment(), ...changes });
  expect({ exitCode, said: said.test(stderr) }).toEqual({ exitCode: 1, said: true });
});
