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
const toldOf = async (id: string): Promise<string[]> => (await room.deliveries.list(id)).map(({ type }) => type);

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
    keyCertificate: { state: 'pending' },
    conservationCertificate: { state: 'pending' },
  });
  expect(await room.store.dueInMs(id)).toBeGreaterThan(500);

  room.conservation.isThere = true;
  expect((await advance(id)).status).toBe('conserved');
  expect(await toldOf(id)).toEqual(['conservation.issued']);

  room.provider.findKeyCertificate = async () => Buffer.from('late PEM');
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  expect(completed.outputs.keyCertificate!.digest).toBe(digestOf('late PEM'));
  expect(await toldOf(id)).toEqual(['conservation.issued', 'signing.completed']);
  expect(await dataOf(id, 'key-certified')).toMatchObject([{ digest: digestOf('late PEM') }]);
});

test('an output that cannot be had keeps no other waiting, and fails alone when its time is over', async () => {
  room.provider.findKeyCertificate = async () => Buffer.from('PEM');
  room.conservation.failure = new Error('cut off');
  const id = await insert();
  await advance(id);
  expect(outputsOf(await advance(id))).toMatchObject({
    keyCertificate: { state: 'issued' },
    conservationCertificate: { state: 'pending' },
  });
  room.clock.shiftMs = 2 * hourMs;
  await advance(id);
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  expect(outputsOf(completed)).toMatchObject({
    keyCertificate: { state: 'issued' },
    conservationCertificate: { state: 'failed', problem: { type: 'urn:tu-esign:problem:output-overdue' } },
  });
  expect(await toldOf(id)).toEqual(['conservation.failed', 'signing.completed']);
  expect(await dataOf(id, 'output-failed')).toEqual([{ output: 'conservationCertificate', problem: 'output-overdue' }]);
});

test('a refusal is the end of one output', async () => {
  room.conservation.failure = new Problem('signing-failed');
  const { id } = await advance(await insert());
  const completed = await advance(id);
  expect(completed.status).toBe('completed');
  expect(outputsOf(completed).conservationCertificate.problem?.type).toContain('signing-failed');
});

test('a conservation certificate that does not hold is kept, and called failed', async () => {
  room.conservation.imprintMatches = false;
  const id = await insert();
  const completed = await advance(id);
  const { conservationCertificate } = outputsOf(completed);
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
  expect(outputsOf(other).keyCertificate).toMatchObject({ state: 'failed', digest: digestOf('PEM') });
  expect(await toldOf(other.id)).toContain('key-certificate.failed');

  room.verification.keyCertificate = { parsed: false, withoutPrivateKey: false };
  const secret = await advance(await insert({ identifier: 'secret' }));
  expect(outputsOf(secret).keyCertificate).toMatchObject({ state: 'failed', findings: { withoutPrivateKey: false } });
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

test('who is not the last is complete without a conservation certificate, which comes with the last', async () => {
  const first = await advance(await insert({ sequence: { position: 1, of: 2 } }));
  expect(first).toMatchObject({ status: 'completed' });
  expect(outputsOf(first).conservationCertificate.state).toBe('later');
  expect(room.provider.orders).toMatchObject([{ position: 1, of: 2 }]);
});
