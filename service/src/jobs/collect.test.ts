import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '#problem.ts';
import { digestOf } from '#signing/digest.ts';
import { documentKey, outputKey, type Signing } from '#signing/signing.ts';
import { toView } from '#signing/view.ts';
import { createRecord, insertRecord } from '../../test/records.ts';
import { startTroubledJobs } from '../../test/troubled-neighbours.ts';

const pdf = Buffer.from('agreement');
const hourMs = 3_600_000;

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
beforeEach(async () => {
  room = await startTroubledJobs();
  await room.files.write(documentKey('bank', digestOf(pdf)), pdf);
});
afterEach(() => room.stop());

const insert = async (changes: Parameters<typeof createRecord>[0] = {}): Promise<string> => {
  const record = createRecord({ document: { digest: digestOf(pdf), name: 'Contrato.pdf' }, ...changes });
  await insertRecord(room.store, record);
  return record.signing.id;
};

const advance = async (id: string): Promise<Signing> => {
  await room.store.makeAllDue();
  await room.advance.run(id);
  return (await room.store.find(id))!;
};

const kindsOf = async (id: string): Promise<string[]> =>
  (await room.store.listEvidence(id)).slice(3).map(({ kind }) => kind);
const dataOf = async (id: string, kind: string) =>
  (await room.store.listEvidence(id)).filter((entry) => entry.kind === kind).map(({ data }) => data);
/** Those of one millisecond have no order. */
const toldOf = async (id: string): Promise<string[]> => (await room.deliveries.list(id)).map(({ type }) => type).sort();

const links = {
  create: () => ({ href: 'https://sign.example/file', expiresAt: '2026-11-24T00:00:00Z' }),
  verify: () => 'host' as const,
};
const outputsOf = (signing: Signing) =>
  toView(signing, { links, conservation: { issuer: 'troubled', accredited: false }, sequence: 'open' }).outputs;

test('a provider that has only taken the order is asked, with pauses that grow, and never sent it again', async () => {
  Object.assign(room.provider, { repeats: 'lookup', takes: true });
  const id = await insert();
  expect(await advance(id)).toMatchObject({ status: 'submitting', attempts: 0, takenAt: expect.any(Number) });
  for (const attempts of [1, 2, 3]) expect(await advance(id)).toMatchObject({ status: 'submitting', attempts });
  expect(await room.store.dueInMs(id)).toBeGreaterThan(3_000);
  room.provider.questionFailures = [new Error('cut off')];
  expect(await advance(id)).toMatchObject({ status: 'submitting', attempts: 4 });
  room.provider.found = room.provider.answer(room.provider.orders[0]!);
  expect(await advance(id)).toMatchObject({ status: 'completed', takenAt: null });
  expect(room.provider.orders).toHaveLength(1);
  expect((await kindsOf(id)).slice(0, 3)).toEqual(['submitted', 'taken', 'verified']);
});

test('what was taken and is not there when its time is over is left to a person', async () => {
  Object.assign(room.provider, { repeats: 'lookup', takes: true });
  const id = await insert();
  await advance(id);
  room.clock.shiftMs = 2 * hourMs;
  expect((await advance(id)).status).toBe('review');
  expect(room.provider.orders).toHaveLength(1);
});

test('the signed document waits for nothing, and the other outputs come as they come', async () => {
  room.provider.findKeyCertificate = async () => undefined;
  room.conservation.isThere = false;
  const id = await insert();
  const signed = await advance(id);
  expect(signed).toMatchObject({ status: 'signed', standings: { keyCertificate: { asked: 1 } } });
  expect(outputsOf(signed)).toMatchObject({
    document: { state: 'issued', findings: { parsed: true } },
    'key-certificate': { state: 'pending' },
    'conservation-certificate': { state: 'pending' },
  });
  expect(await room.store.dueInMs(id)).toBeGreaterThan(500);
  expect(await toldOf(id)).toEqual(['signing.signed']);

  room.conservation.isThere = true;
  expect((await advance(id)).status).toBe('conserved');
  expect(await toldOf(id)).toEqual(['conservation-certificate.issued', 'signing.signed']);

  room.provider.findKeyCertificate = async () => ({ content: Buffer.from('late PEM') });
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  expect(completed.outputs.keyCertificate!.digest).toBe(digestOf('late PEM'));
  expect(await toldOf(id)).toEqual([
    'agreement.completed',
    'conservation-certificate.issued',
    'key-certificate.issued',
    'signing.completed',
    'signing.signed',
  ]);
  expect(await dataOf(id, 'key-certified')).toMatchObject([{ digest: digestOf('late PEM') }]);
});

test('an output that cannot be had keeps no other waiting, and fails alone when its time is over', async () => {
  room.provider.findKeyCertificate = async () => ({ content: Buffer.from('PEM') });
  room.conservation.failure = new Error('cut off');
  const id = await insert();
  await advance(id);
  expect(outputsOf(await advance(id))).toMatchObject({
    'key-certificate': { state: 'issued' },
    'conservation-certificate': { state: 'pending' },
  });
  room.clock.shiftMs = 2 * hourMs;
  await advance(id);
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  expect(outputsOf(completed)).toMatchObject({
    'key-certificate': { state: 'issued' },
    'conservation-certificate': { state: 'failed', problem: { type: 'urn:tu-esign:problem:output-overdue' } },
  });
  expect(await toldOf(id)).toEqual([
    'agreement.ended',
    'conservation-certificate.failed',
    'key-certificate.issued',
    'signing.completed',
    'signing.signed',
  ]);
  expect(await dataOf(id, 'output-failed')).toEqual([
    { output: 'conservation-certificate', problem: 'output-overdue' },
  ]);
});

test('a refusal is the end of one output, and told with the code that was given for it', async () => {
  room.conservation.failure = new Problem('provider-refused', undefined, { code: 'badAlg' });
  const { id } = await advance(await insert());
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  const problem = { type: 'urn:tu-esign:problem:provider-refused', code: 'badAlg' };
  expect(outputsOf(completed)['conservation-certificate']).toMatchObject({ state: 'failed', problem });
  expect(await dataOf(id, 'output-failed')).toMatchObject([{ problem: 'provider-refused', code: 'badAlg' }]);
});

test('what failed last is told of an output whose time is over', async () => {
  room.conservation.failure = Object.assign(new Error('an answer that is not believed'), { code: 'chainToPinnedRoot' });
  const id = await insert();
  await advance(id);
  room.clock.shiftMs = 2 * hourMs;
  const problem = { type: 'urn:tu-esign:problem:output-overdue', code: 'chainToPinnedRoot' };
  expect(outputsOf(await advance(id))['conservation-certificate']).toMatchObject({ state: 'failed', problem });
});

test('who says when to come again is not asked before', async () => {
  room.conservation.failure = new Problem('provider-rate-limited', undefined, { retryAfterSeconds: 600 });
  const id = await insert();
  await advance(id);
  expect(await room.store.dueInMs(id)).toBeGreaterThan(590_000);
  Object.assign(room.provider, { repeats: 'lookup', takes: true });
  const taken = await insert({ identifier: 'taken' });
  await advance(taken);
  room.provider.questionFailures = [Object.assign(new Error('limited'), { retryAfterMs: 700_000 })];
  await advance(taken);
  expect(await room.store.dueInMs(taken)).toBeGreaterThan(690_000);
});

test('of several the conservation certificate may be of what was signed before: another is waited for', async () => {
  const left = Buffer.from('agreement signed');
  const document = { digest: digestOf(left), name: 'Contrato.pdf' };
  await room.files.write(documentKey('bank', document.digest), left);
  const second = { document, sequence: { position: 2, of: 2 } };
  room.conservation.imprintMatches = false;
  const [id, overdue] = [await insert(second), await insert({ ...second, identifier: 'overdue' })];
  for (const one of [id, overdue])
    expect(outputsOf(await advance(one))['conservation-certificate']).toMatchObject({ state: 'pending' });
  room.conservation.imprintMatches = true;
  expect(outputsOf(await advance(id))['conservation-certificate']).toMatchObject({ state: 'issued' });
  room.conservation.imprintMatches = false;
  room.clock.shiftMs = 2 * hourMs;
  expect(outputsOf(await advance(overdue))['conservation-certificate']).toMatchObject({
    state: 'failed',
    problem: { type: 'urn:tu-esign:problem:conservation-invalid' },
    findings: { imprintMatches: false },
  });
});

test('a key certificate that is not handed out for this signatory is looked for in the document at once', async () => {
  room.provider.findKeyCertificate = async () => 'in-document';
  room.verification.keyCertificate = { parsed: false };
  const id = await insert();
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  expect(outputsOf(completed)['key-certificate']).toMatchObject({ state: 'failed', findings: { parsed: false } });
  expect(await dataOf(id, 'verified')).toContainEqual(expect.objectContaining({ form: 'none' }));
  expect(room.lines.join()).not.toContain('a step failed');
});

test('a conservation certificate that does not hold is kept, and called failed', async () => {
  room.conservation.imprintMatches = false;
  const id = await insert();
  const completed = await advance(id);
  const { 'conservation-certificate': conservationCertificate } = outputsOf(completed);
  expect(conservationCertificate).toMatchObject({
    state: 'failed',
    problem: { type: 'urn:tu-esign:problem:conservation-invalid' },
    findings: { imprintMatches: false },
  });
  expect(await room.files.read(outputKey(id, conservationCertificate.digest!))).toBeDefined();
  expect(await kindsOf(id)).not.toContain('conserved');
});

test('a key certificate that is somebody else’s is kept, and called failed; a private key is not kept', async () => {
  room.verification.keyCertificate = { matchesSigner: false };
  const other = await advance(await insert({ identifier: 'other' }));
  expect(outputsOf(other)['key-certificate']).toMatchObject({ state: 'failed', digest: digestOf('PEM') });
  expect(await toldOf(other.id)).toContain('key-certificate.failed');

  room.verification.keyCertificate = { parsed: false, withoutPrivateKey: false };
  const secret = await advance(await insert({ identifier: 'secret' }));
  expect(outputsOf(secret)['key-certificate']).toMatchObject({
    state: 'failed',
    findings: { withoutPrivateKey: false },
  });
  expect(secret.outputs.keyCertificate).toBeUndefined();
});

test.each([
  ['pages of the agreement are missing', { document: { originalPagesKept: false }, signature: {} }],
  ['its signature does not verify', { document: {}, signature: { signatureValid: false } }],
])('a document is not believed where %s: a person looks at it', async (_what, findings) => {
  Object.assign(room.verification, findings);
  const id = await insert();
  const reviewed = await advance(id);
  expect(reviewed).toMatchObject({ status: 'review', problem: 'signed-document-invalid' });
  expect(outputsOf(reviewed).document).toMatchObject({ state: 'pending' });
  const doubted = await room.files.read(outputKey(id, reviewed.outputs.doubted!.digest));
  expect(Buffer.from(doubted!).toString()).toBe('agreement signed');
  expect(await kindsOf(id)).toEqual(['submitted', 'verified', 'review-needed']);
  expect(room.provider.orders).toHaveLength(1);
});

test('what a provider warned of is evidence, by its codes', async () => {
  const answer = room.provider.answer.bind(room.provider);
  room.provider.answer = (order) => ({ ...answer(order), warnings: [{ code: 'SOURCE_MISSING' }] });
  const id = await insert();
  await advance(id);
  expect(await dataOf(id, 'signed')).toMatchObject([{ warnings: [{ code: 'SOURCE_MISSING' }] }]);
});

test('what is warned of when an order is taken, or an output handed out, is evidence as well', async () => {
  const warnings = [{ code: 'SOURCE_MISSING' }];
  Object.assign(room.provider, { repeats: 'lookup', takes: true, warnings });
  room.provider.findKeyCertificate = async () => ({ content: Buffer.from('PEM'), warnings });
  room.conservation.warnings = warnings;
  const id = await insert();
  await advance(id);
  room.provider.found = room.provider.answer(room.provider.orders[0]!);
  expect((await advance(id)).status).toBe('completed');
  expect(await dataOf(id, 'taken')).toMatchObject([{ warnings }]);
  const [document, ...late] = await dataOf(id, 'verified');
  expect(document).not.toHaveProperty('warnings');
  expect(late).toMatchObject([{ warnings }, { warnings }]);
});

test('who is not the last is complete without a conservation certificate, which comes with the last', async () => {
  const first = await advance(await insert({ sequence: { position: 1, of: 2 } }));
  expect(first).toMatchObject({ status: 'completed' });
  expect(outputsOf(first)['conservation-certificate'].state).toBe('later');
  expect(room.provider.orders).toMatchObject([{ position: 1, of: 2 }]);
});
