import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Evidence, SigningView } from '@tu-esign/contract';
import { expectDiscreetLog, expectNothingPersonal } from './problems.ts';
import { postSigning, read } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import { hosts } from './tokens.ts';
import { createTrustStore, judgeSignatures, verifyChain, verifyTimeStampResponse } from './tools.ts';
import { apiKey, startTuIdentidad, type FaultName, type RunningTuIdentidad } from './tu-identidad-sandbox.ts';
import { until } from './until.ts';

let vendor: RunningTuIdentidad;
let service: RunningService;
let digest: string;
beforeAll(async () => {
  vendor = await startTuIdentidad({ slowMs: 21_000, delays: { document: 0, certificates: 600 } });
  const [bank, shop] = hosts;
  service = await startRunningService({
    hosts: [{ ...bank!, provider: 'vendor' }, shop!],
    // Longer, together, than an order takes that is cut off, on a machine that does thirty times as much as it can.
    providers: [vendor.configure({ quarantineSeconds: 20, timeoutSeconds: 20 })],
    outputHours: 1,
  });
  digest = await service.upload(agreement);
});
afterAll(async () => {
  await service.remove();
  await vendor.stop();
});

const sign = async (identifier: string): Promise<SigningView> => {
  const token = await service.tokens.signing(identifier, digest);
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  // A review ends no stream: it waits for a person.
  let seen: SigningView | undefined;
  const look = async () => {
    seen = (await (await read(service, `/v1/signings/${id}`, token)).json()) as SigningView;
    views.push(JSON.stringify(seen));
    return settled.has(seen.status) ? seen : undefined;
  };
  return until(`the end of ${identifier}`, look, { progress: () => seen?.updatedAt });
};
const settled = new Set(['completed', 'failed', 'review']);
/** What hosts and elements were told. */
const views: string[] = [];

const download = async (href: string): Promise<Buffer> => Buffer.from(await (await fetch(href)).arrayBuffer());

/** What was observed, one line an entry. */
const downloadEvidence = async ({ evidence }: SigningView): Promise<string> => {
  const { entries } = JSON.parse((await download(evidence.href)).toString()) as Evidence;
  return entries.map(({ kind, data }) => `${kind} ${JSON.stringify(data)}`).join('\n');
};

test('a document is signed once, and the three files hold before other people’s tools', async () => {
  const view = await sign('good');
  expect(view).toMatchObject({ status: 'completed', outputs: { 'key-certificate': { state: 'issued' } } });
  const {
    document,
    'key-certificate': keyCertificate,
    'conservation-certificate': conservationCertificate,
  } = view.outputs;
  expect(conservationCertificate).toMatchObject({ state: 'issued', issuer: 'Tu Identidad', accredited: false });
  const data = await download(document.link!.href);
  const trust = createTrustStore(service.folder, vendor.rootPem);
  const [judged] = judgeSignatures(service.folder.write('vendor.pdf', data), trust);
  expect(judged).toMatchObject({ valid: true, trusted: true, total: true });
  const pem = (await download(keyCertificate.link!.href)).toString();
  expect(verifyChain(service.folder, pem, vendor.rootPem).output).toContain('OK');
  const stamped = { response: await download(conservationCertificate.link!.href), data, rootPem: vendor.rootPem };
  expect(verifyTimeStampResponse(service.folder, stamped).output).toContain('Verification: OK');
  expect(vendor.executionsOf('good')).toBe(1);
});

const passing: FaultName[] = [
  'capitalised',
  'partial',
  'rate-limited',
  'credentials',
  'unavailable',
  'html-error',
  'html-error-after',
  'reset',
  'reset-after',
  'truncated',
  'nonsense-after',
  'empty',
  'empty-after',
  'slow',
];

test.concurrent.each(passing)('%s at the first try leads to one signature, and all its files', async (fault) => {
  vendor.misbehave({ fault, method: 'addSingleSignatory', identifier: fault });
  expect(await sign(fault)).toMatchObject({
    status: 'completed',
    outputs: { document: { state: 'issued' }, 'key-certificate': { state: 'issued' } },
  });
  expect(vendor.executionsOf(fault)).toBe(1);
});

test.concurrent.each<FaultName>(['html-error', 'reset', 'empty', 'rate-limited', 'nonsense'])(
  '%s where outputs are asked for holds nothing up for good',
  async (fault) => {
    const identifier = `outputs-${fault}`;
    for (const method of ['getDocument', 'getKeyCertificate', 'getConservationCertificate'])
      vendor.misbehave({ fault, method, identifier });
    expect(await sign(identifier)).toMatchObject({ status: 'completed' });
    expect(vendor.executionsOf(identifier)).toBe(1);
  },
);

test.concurrent.each<[FaultName, string]>([
  ['refused', 'E-104'],
  ['refused-object', 'E-105'],
  ['refused-words', '200'],
])('%s fails the signing, with the code in the evidence and nobody’s words', async (fault, code) => {
  vendor.misbehave({ fault, method: 'addSingleSignatory', identifier: fault });
  const view = await sign(fault);
  expect(view).toMatchObject({ status: 'failed', problem: { type: 'urn:tu-esign:problem:provider-refused', code } });
  expect(vendor.executionsOf(fault)).toBe(0);
  expect(await downloadEvidence(view)).toContain(`"code":"${code}"`);
});

test('what it warns of is in the evidence', async () => {
  vendor.misbehave({ fault: 'partial', method: 'addSingleSignatory', identifier: 'warned' });
  expect(await downloadEvidence(await sign('warned'))).toContain('"warnings":[{"code":"W-017"}]');
});

test.each<FaultName>(['altered', 'not-a-pdf'])(
  'a document that is %s is not believed, and left to a person',
  async (fault) => {
    const identifier = `document-${fault}`;
    vendor.misbehave({ fault, method: 'getDocument', identifier, times: 9 });
    const view = await sign(identifier);
    expect(view).toMatchObject({ status: 'review', problem: { type: 'urn:tu-esign:problem:signed-document-invalid' } });
    expect(vendor.executionsOf(identifier)).toBe(1);
  },
);

test('a key certificate with a private key in it is refused and not kept', async () => {
  vendor.misbehave({ fault: 'private-key', method: 'getKeyCertificate', identifier: 'private', times: 9 });
  const { outputs } = await sign('private');
  expect(outputs.document.state).toBe('issued');
  expect(outputs['key-certificate'].state).toBe('failed');
  expect(everythingWritten()).not.toContain('PRIVATE KEY-----\nAAAA');
});

/** All files of the service, as text. */
const everythingWritten = (): string => {
  const folder = join(service.folder.path, 'data');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
};

test('the API key is in nothing that was written or told; person and document in no line of the log', () => {
  expectDiscreetLog(service);
  const told = [...service.lines, ...views].join('\n');
  for (const text of [told, everythingWritten()]) {
    expect(text).not.toContain(apiKey);
    expect(text).not.toContain(Buffer.from(agreement).toString('base64').slice(0, 48));
  }
  expectNothingPersonal(service.lines.join('\n'));
});
