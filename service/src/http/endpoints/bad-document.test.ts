import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ProblemDetails, type ProblemType } from '@tu-esign/contract';
import { digestOf } from '#signing/digest.ts';
import { withStream } from '../../../test/hostile-pdfs.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import {
  agreement,
  caseFile,
  fixture,
  startRunningService,
  type RunningService,
} from '../../../test/running-service.ts';
import { origin } from '../../../test/tokens.ts';

const limit = 64 * 1024;
let service: RunningService;
beforeAll(async () => {
  service = await startRunningService({ documentBytes: limit, stopSeconds: 1 });
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

interface Upload {
  pdf: Uint8Array;
  digest?: string;
  type?: string;
  token?: string;
  origin?: string;
}

const put = async ({ pdf, digest = digestOf(pdf), type = 'application/pdf', token, ...page }: Upload) =>
  fetch(`${service.url}/v1/documents/${digest}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token ?? (await service.tokens.documents())}`, 'content-type': type, ...page },
    body: new Uint8Array(pdf),
  });

/** Neither a file nor a record was left behind. */
const expectNothingKept = async (digest: string): Promise<void> => {
  expect(service.keptFiles()).toEqual([]);
  const token = await service.tokens.signing('nothing', digest);
  const headers = { authorization: `Bearer ${token}` };
  await expectProblem(await fetch(`${service.url}/v1/documents/${digest}`, { headers }), 'document-not-found');
  await expectProblem(await fetch(`${service.url}/v1/signing-request`, { headers }), 'document-not-found');
};

test.each<[string, ProblemType, Upload]>([
  ['more bytes than are taken', 'document-too-large', { pdf: new Uint8Array(limit + 1) }],
  ['no PDF', 'document-not-pdf', { pdf: Buffer.from('<html>no agreement</html>') }],
  ['nothing', 'document-not-pdf', { pdf: new Uint8Array() }],
  ['a PDF of another digest', 'document-digest-mismatch', { pdf: agreement, digest: digestOf('another') }],
  ['an address that is no digest', 'document-digest-mismatch', { pdf: agreement, digest: '..%2f..%2fescaped' }],
  ['an encrypted PDF', 'document-encrypted', { pdf: fixture('libreoffice-writer-password') }],
  [
    'a PDF with millions of objects in some bytes',
    'document-damaged',
    { pdf: withStream('/Size 5 /W [0 0 0] /Index [0 100000000]', new Uint8Array()) },
  ],
  ['a PDF that shows something else on paper', 'document-finding', { pdf: caseFile('annot-flags') }],
  ['half a PDF', 'document-damaged', { pdf: agreement.subarray(0, 300) }],
  ['another media type', 'media-type-unsupported', { pdf: agreement, type: 'application/octet-stream' }],
  ['a page', 'origin-mismatch', { pdf: agreement, origin }],
  ['no JWT', 'token-malformed', { pdf: agreement, token: 'abc' }],
])('an upload of %s is refused as %s, and nothing is kept', async (_name, type, upload) => {
  await expectProblem(await put(upload), type);
  await expectNothingKept(digestOf(upload.pdf));
});

test('a signatory’s token uploads nothing', async () => {
  const digest = digestOf(agreement);
  const token = await service.tokens.signing('signatory', digest);
  await expectProblem(await put({ pdf: agreement, token }), 'scope-insufficient');
  await expectNothingKept(digest);
});

test('an upload that does not say how long it is ends at the limit', async () => {
  const pdf = new Uint8Array(limit * 4);
  const digest = digestOf(pdf);
  const answer = await putInChunks(digest, pdf);
  await expectProblem(answer, 'document-too-large');
  await expectNothingKept(digest);
});

/** By Node's own client, which reads an answer that comes before all was sent. */
const putInChunks = async (digest: string, pdf: Uint8Array): Promise<Response> => {
  const headers = { authorization: `Bearer ${await service.tokens.documents()}`, 'content-type': 'application/pdf' };
  const { promise, resolve, reject } = Promise.withResolvers<Response>();
  const put = request(`${service.url}/v1/documents/${digest}`, { method: 'PUT', headers }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('error', reject);
    answer.on('end', () => {
      const { statusCode: status = 0, headers } = answer;
      const shown = { 'content-type': `${headers['content-type']}`, 'cache-control': `${headers['cache-control']}` };
      resolve(new Response(Buffer.concat(chunks), { status, headers: shown }));
    });
  });
  put.on('error', reject);
  for (let at = 0; at < pdf.length; at += 16_384) put.write(pdf.subarray(at, at + 16_384));
  put.end();
  return promise;
};

test('for what a document is refused is told with its place, as data and in words', async () => {
  const problem = ProblemDetails.parse(await (await put({ pdf: caseFile('xfa') })).json());
  expect(problem).toMatchObject({
    detail: 'xfa-dynamic (object 6)',
    findings: [{ finding: 'xfa-dynamic', places: [{ object: 6 }] }],
  });
});
