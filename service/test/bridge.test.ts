import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Config } from '#composition/settings/config.ts';
import { providerPolicies } from '@tu-esign/verifier/certificates/policies.ts';
import { digestOf } from '../src/signing/digest.ts';
import { expectDiscreetLog } from './problems.ts';
import { follow, postSigning } from './requests.ts';
import { agreement, configure, startRunningService, type RunningService } from './running-service.ts';
import { reply, serverPolicy, stamp, startTimeStampServer, type TimeStampServer } from './time-stamp-server.ts';
import { hosts } from './tokens.ts';
import { createFolder, verifyTimeStampResponse } from './tools.ts';
import { startTuIdentidad } from './tu-identidad-sandbox.ts';

const secret = 'Bearer muy-secreto-de-veras';

let server: TimeStampServer;
let service: RunningService;
let bridge: Partial<Config>;
beforeAll(async () => {
  server = await startTimeStampServer();
  const settings = {
    name: 'otra',
    issuer: 'Otra autoridad',
    accredited: true,
    url: server.url,
    allowPrivate: true,
    authorization: secret,
    roots: [server.stamping.rootPem],
    policies: [...providerPolicies, serverPolicy],
    strict: true,
    driftMs: 60_000,
  };
  const [bank, ...others] = hosts;
  bridge = { authorities: [settings], hosts: [Object.assign({ conservation: 'otra' }, bank!), ...others] };
  service = await startRunningService(bridge);
});
beforeEach(() => {
  server.answer = server.honest;
});
afterAll(async () => {
  expectDiscreetLog(service);
  expect(service.lines.join('\n')).not.toContain('muy-secreto');
  await service.remove();
  await server.stop();
});

const sign = async (identifier: string, at = service) => {
  const token = await at.tokens.signing(identifier, await at.upload(agreement));
  const { id } = (await (await postSigning(at, token)).json()) as { id: string };
  return (await follow(at, id, token)).at(-1)!;
};

const download = async (href: string): Promise<Buffer> => Buffer.from(await (await fetch(href)).arrayBuffer());

test('a host signs with the embedded provider and has the constancia from another authority', async () => {
  const { status, outputs } = await sign('CREDITO-1');
  const { 'conservation-certificate': conserved, document } = outputs;
  expect(status).toBe('completed');
  expect(conserved).toMatchObject({ state: 'issued', issuer: 'Otra autoridad', accredited: true });
  expect(conserved.findings).toMatchObject({ chainToPinnedRoot: true, nonceMatches: true, revocationChecked: null });
  const data = await download(document.link!.href);
  expect(digestOf(data)).toBe(document.digest);
  const response = await download(conserved.link!.href);
  const stamped = { response, data, rootPem: server.stamping.rootPem };
  expect(verifyTimeStampResponse(service.folder, stamped).output).toContain('Verification: OK');
});

test('a host signs with the embedded provider and has the constancia from Tu Identidad', async () => {
  const vendor = await startTuIdentidad();
  const method = { path: '/api/ESign/conserveDigest', field: 'certificate', digestField: 'digest' };
  const [bank, ...others] = hosts;
  const bridged = await startRunningService({
    providers: [vendor.configure({ conservationCertificate: method })],
    hosts: [Object.assign({ conservation: 'vendor' }, bank!), ...others],
  });
  const { status, outputs } = await sign('CREDITO-4', bridged);
  const { 'conservation-certificate': conserved, document } = outputs;
  expect(status).toBe('completed');
  expect(conserved).toMatchObject({ state: 'issued', issuer: 'Tu Identidad', conserves: 'signed-document' });
  const [data, response] = [await download(document.link!.href), await download(conserved.link!.href)];
  const stamped = { response, data, rootPem: vendor.rootPem };
  expect(verifyTimeStampResponse(service.folder, stamped).output).toContain('Verification: OK');
  expect(vendor.executionsOf('CREDITO-4')).toBe(0);
  await bridged.remove();
  await vendor.stop();
});

test('an authority that fails at first is asked again, and holds nothing up', async () => {
  let times = 0;
  server.answer = async (asked) => {
    times += 1;
    if (times === 1) asked.response.writeHead(503).end();
    else await server.honest(asked);
  };
  const { status, outputs } = await sign('CREDITO-2');
  expect(status).toBe('completed');
  expect(outputs['conservation-certificate'].state).toBe('issued');
  expect(times).toBe(2);
});

test('a refusal is told, and the signed document stands', async () => {
  server.answer = async ({ query, response }) =>
    reply(response, await stamp(server.stamping.folder, query, 'refuse.cnf'));
  const { status, outputs } = await sign('CREDITO-3');
  expect(status).toBe('completed');
  expect(outputs.document.state).toBe('issued');
  expect(outputs['conservation-certificate']).toMatchObject({
    state: 'failed',
    problem: { type: 'urn:tu-esign:problem:provider-refused', code: expect.any(String) },
  });
});

test('a host that names an authority nobody has registered keeps the service from starting', async () => {
  const folder = createFolder();
  const changes = { ...bridge, authorities: [] };
  await expect(startRunningService(changes, folder)).rejects.toThrow('No such authority for conservation: otra');
  expect(configure(folder, changes).authorities).toEqual([]);
  folder.remove();
});
