import { afterAll, beforeAll, expect, test } from 'vitest';
import { OperatorSignings, type ProblemType } from '@tu-esign/contract';
import { digestOf } from '#signing/digest.ts';
import { expectDiscreetLog, expectNothingPersonal, expectProblem } from '../../../test/problems.ts';
import { startReviews, type Reviews } from '../../../test/reviews.ts';
import { agreement, otherAgreement } from '../../../test/running-service.ts';
import { createTrustStore, judgeSignatures, verifyChain } from '../../../test/tools.ts';

let reviews: Reviews;
beforeAll(async () => {
  reviews = await startReviews();
});
afterAll(async () => {
  expectDiscreetLog(reviews.service);
  await reviews.remove();
});

type SignedDocument = Reviews['lost']['signed'][number];

interface Parts {
  outcome?: string;
  document?: Uint8Array;
  keyCertificate?: string;
  rewritten?: boolean;
}

const resolve = (id: string, { outcome, document, keyCertificate, rewritten }: Parts): Promise<Response> => {
  const body = new FormData();
  if (outcome !== undefined) body.append('outcome', outcome);
  if (rewritten) body.append('rewritten', 'true');
  if (keyCertificate !== undefined) body.append('key-certificate', keyCertificate);
  if (document) body.append('document', new Blob([new Uint8Array(document)]), 'signed.pdf');
  return reviews.ask(`signings/${id}/resolve`, { method: 'POST', body });
};

const toParts = ({ document, keyCertificate }: SignedDocument) => ({
  outcome: 'signed',
  document,
  keyCertificate: Buffer.from(keyCertificate).toString(),
});

/** What the provider signed last, and nobody was told of. */
const lastSigned = (): SignedDocument => reviews.lost.signed.at(-1)!;

test('what waits for a person is listed, without the signatory', async () => {
  const { id } = await reviews.sign('listed');
  const text = await (await reviews.ask('signings')).text();
  expectNothingPersonal(text);
  const { signings } = OperatorSignings.parse(JSON.parse(text));
  expect(signings).toContainEqual(
    expect.objectContaining({ id, host: 'bank', identifier: 'listed', status: 'review' }),
  );
  const { signings: completed } = OperatorSignings.parse(await (await reviews.ask('signings?status=completed')).json());
  expect(completed).toEqual([]);
  const { signings: one } = OperatorSignings.parse(await (await reviews.ask('signings?limit=1')).json());
  expect(one).toHaveLength(1);
  await expectProblem(await reviews.ask('signings?status=lost'), 'query-malformed');
  await expectProblem(await reviews.ask('signings?limit=0'), 'query-malformed');
});

test('what was signed after all is verified, kept and conserved, without signing again', async () => {
  const { id, token } = await reviews.sign('signed after all');
  const calls = reviews.lost.signed.length;
  const signed = lastSigned();
  expect((await resolve(id, toParts(signed))).status).toBe(200);
  const { outputs } = await reviews.becomes(id, token, 'completed');
  expect(reviews.lost.signed).toHaveLength(calls);
  const pdf = Buffer.from(await (await fetch(outputs.document.link!.href)).arrayBuffer());
  expect(digestOf(pdf)).toBe(digestOf(signed.document));
  const store = createTrustStore(reviews.service.folder, reviews.lost.rootPem);
  const judged = judgeSignatures(reviews.service.folder.write('resolved.pdf', pdf), store);
  expect(judged).toMatchObject([{ valid: true, trusted: true, total: true }]);
  const pem = await (await fetch(outputs['key-certificate'].link!.href)).text();
  expect(verifyChain(reviews.service.folder, pem, reviews.lost.rootPem)).toMatchObject({ status: 0 });
  const { entries } = await reviews.readEvidence(id, token);
  const kinds = entries.map(({ kind }) => kind).slice(5);
  expect(kinds.filter((kind) => kind !== 'downloaded')).toEqual([
    'submitted',
    'review-needed',
    'resolved',
    'verified',
    'conserved',
    'completed',
  ]);
  expect(entries.find(({ kind }) => kind === 'resolved')!.data).toMatchObject({
    outcome: 'signed',
    document: { digest: digestOf(signed.document), bytes: signed.document.length },
    'key-certificate': { digest: digestOf(signed.keyCertificate) },
    keepsOriginal: true,
    coversAll: true,
  });
});

test('what was not signed is tried again', async () => {
  const { id, token } = await reviews.sign('not signed');
  const calls = reviews.lost.signed.length;
  expect((await resolve(id, { outcome: 'not-signed' })).status).toBe(200);
  await expect.poll(() => reviews.lost.signed.length).toBe(calls + 1);
  await reviews.becomes(id, token, 'review');
  const { entries } = await reviews.readEvidence(id, token);
  expect(entries.slice(7).map(({ kind, data }) => [kind, data['outcome']])).toEqual([
    ['resolved', 'not-signed'],
    ['submitted', undefined],
    ['review-needed', undefined],
  ]);
});

test('what has failed has failed, and is settled once', async () => {
  const { id, token } = await reviews.sign('failed');
  const responses = await Promise.all([1, 2, 3].map(() => resolve(id, { outcome: 'failed' })));
  expect(responses.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 409, 409]);
  const { problem } = await reviews.becomes(id, token, 'failed');
  expect(problem?.type).toContain('signing-failed');
  await expectProblem(await resolve(id, toParts(lastSigned())), 'not-in-review');
  const { entries } = await reviews.readEvidence(id, token);
  expect(entries.filter(({ kind }) => kind === 'resolved')).toHaveLength(1);
});

const changed = (document: Uint8Array): Uint8Array => {
  const copy = Buffer.from(document);
  // In the agreement's own bytes, which the signature covers.
  copy[100] = copy[100]! ^ 1;
  return copy;
};

test('what does not verify is not believed, and nothing of it is kept', async () => {
  const { id, token } = await reviews.sign('not believed');
  const good = toParts(lastSigned());
  await reviews.sign('another');
  const another = toParts(lastSigned());
  const files = reviews.service.keptFiles().length;
  const bad: [Parts, ProblemType][] = [
    [{ ...good, document: agreement }, 'signed-document-invalid'],
    [{ ...good, document: otherAgreement }, 'signed-document-invalid'],
    [{ ...good, document: Buffer.from('no PDF') }, 'signed-document-invalid'],
    [{ ...good, document: changed(good.document) }, 'signed-document-invalid'],
    [{ ...good, document: good.document.subarray(0, -200) }, 'signed-document-invalid'],
    [{ ...good, keyCertificate: another.keyCertificate }, 'signed-document-invalid'],
    [{ ...good, keyCertificate: 'no PEM' }, 'signed-document-invalid'],
    [{ ...good, document: Buffer.alloc(3 * 1024 * 1024, '%PDF-1.7\n') }, 'document-too-large'],
    [{ outcome: 'signed', document: good.document }, 'body-malformed'],
    [{ outcome: 'signed', keyCertificate: good.keyCertificate }, 'body-malformed'],
    [{ ...good, outcome: 'perhaps' }, 'body-malformed'],
    [{}, 'body-malformed'],
  ];
  for (const [parts, problem] of bad) await expectProblem(await resolve(id, parts), problem);
  const json = { method: 'POST', body: JSON.stringify({ outcome: 'failed' }) };
  await expectProblem(await reviews.ask(`signings/${id}/resolve`, json), 'media-type-unsupported');
  expect(reviews.service.keptFiles()).toHaveLength(files);
  await reviews.becomes(id, token, 'review');
});

test('a signature that somebody added to is believed, and that is told', async () => {
  const { id, token } = await reviews.sign('added to');
  const good = toParts(lastSigned());
  const document = Buffer.concat([good.document, Buffer.from('% added\n')]);
  expect((await resolve(id, { ...good, document })).status).toBe(200);
  const { entries } = await reviews.readEvidence(id, token);
  const { data } = entries.find(({ kind }) => kind === 'resolved')!;
  expect(data).toMatchObject({ keepsOriginal: true, coversAll: false });
});

test('a document that does not begin with the agreement is believed on the person’s word alone', async () => {
  const otherDigest = await reviews.service.upload(otherAgreement);
  await reviews.sign('of another agreement', otherDigest);
  const other = toParts(lastSigned());
  const { id, token } = await reviews.sign('of this agreement');
  await expectProblem(await resolve(id, other), 'signed-document-invalid');
  expect((await resolve(id, { ...other, rewritten: true })).status).toBe(200);
  const { entries } = await reviews.readEvidence(id, token);
  const { data } = entries.find(({ kind }) => kind === 'resolved')!;
  expect(data).toMatchObject({ keepsOriginal: false, coversAll: true });
});

test('nobody but the operator is let in', async () => {
  const { id, token } = await reviews.sign('whose');
  const post = { method: 'POST', body: new FormData() };
  for (const [path, request] of [
    ['signings', {}],
    ['deliveries', {}],
    [`signings/${id}/resolve`, post],
    [`signings/${id}/notifications/resend`, post],
  ] as const) {
    await expectProblem(await reviews.ask(path, request, token), 'operator-key-wrong');
  }
  await expectProblem(await resolve('nothing', { outcome: 'failed' }), 'signing-not-found');
});
