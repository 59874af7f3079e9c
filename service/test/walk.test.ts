import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Output } from '@tu-esign/contract';
import { digestOf } from '../src/signing/digest.ts';
import { isPart } from './fuzz/cases.ts';
import { expectDiscreetLog } from './problems.ts';
import { follow, postSigning } from './requests.ts';
import { startRunningService, type RunningService } from './running-service.ts';
import { readSample, refused, signable, tellingPolicy } from './sample-pdfs.ts';
import { hosts } from './tokens.ts';
import { createTrustStore, faultsOf, judgePersons, verifyChain, verifyTimeStampResponse } from './tools.ts';

let service: RunningService;
let rootPem: string;
let store: string;
beforeAll(async () => {
  service = await startRunningService({ hosts: [{ ...hosts[0]!, findings: tellingPolicy }] });
  rootPem = await (await fetch(`${service.url}/v1/authority.pem`)).text();
  store = createTrustStore(service.folder, rootPem);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

const download = async ({ link }: Output): Promise<Buffer> =>
  Buffer.from(await (await fetch(link!.href)).arrayBuffer());

const upload = async (pdf: Buffer): Promise<Response> =>
  fetch(`${service.url}/v1/documents/${digestOf(pdf)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await service.tokens.documents()}`, 'content-type': 'application/pdf' },
    body: new Uint8Array(pdf),
  });

test.each(Object.entries(refused))('by HTTP, %s is refused as %s when it is uploaded', async (name, type) => {
  const response = await upload(readSample(name));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ type: `urn:tu-esign:problem:${type}` });
});

/** A twelfth of them, where only a part is asked for: all are accepted, and rewritten or not, in src/pades/samples.test.ts. */
const walked = signable.filter((_, at) => !isPart || at % 12 === 0);

test.each(walked)('by HTTP, %s is signed and conserved, and all three files hold', async (name) => {
  const uploaded = readSample(name);
  const accepted = (await (await upload(uploaded)).json()) as { digest: string; signatures: number };
  const token = await service.tokens.signing(name, accepted.digest);
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  const { status, outputs } = (await follow(service, id, token)).at(-1)!;
  expect(status).toBe('completed');

  const document = await download(outputs.document);
  const signed = service.folder.write(`walk-${name}`, document);
  const judged = judgePersons(signed, store);
  expect(judged).toHaveLength(accepted.signatures + 1);
  expect(judged).toContainEqual({ valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' });
  const faults = faultsOf(signed);
  if (faults) expect(faults).toBeLessThanOrEqual(faultsOf(service.folder.write(`before-${name}`, uploaded)));

  const pem = (await download(outputs['key-certificate'])).toString();
  expect(verifyChain(service.folder, pem, rootPem).output).toContain('OK');
  const response = await download(outputs['conservation-certificate']);
  const stamped = verifyTimeStampResponse(service.folder, { response, data: document, rootPem });
  expect(stamped.output).toContain('Verification: OK');
});
