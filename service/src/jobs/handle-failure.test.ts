import { afterEach, beforeEach, expect, test } from 'vitest';
import { Problem } from '#problem.ts';
import { NotSigned } from '#providers/provider.ts';
import { digestOf } from '#signing/digest.ts';
import { documentKey } from '#signing/signing.ts';
import { createRecord, insertRecord } from '../../test/records.ts';
import { startTroubledJobs } from '../../test/troubled-neighbours.ts';

const pdf = Buffer.from('agreement');
const key = new Problem('provider-credentials', undefined, { code: 'key-expired' });

let room: Awaited<ReturnType<typeof startTroubledJobs>>;
let id: string;
beforeEach(async () => {
  room = await startTroubledJobs();
  await room.files.write(documentKey('bank', digestOf(pdf)), pdf);
  const record = createRecord({ identifier: 'one', document: { digest: digestOf(pdf), name: 'Contrato.pdf' } });
  await insertRecord(room.store, record);
  ({ id } = record.signing);
});
afterEach(() => room.stop());

test('evidence and log say why it was not signed, by type and the provider’s code', async () => {
  room.provider.failures = [new NotSigned(key)];
  await room.advance.run(id);
  const last = (await room.store.listEvidence(id)).at(-1)!;
  expect(last).toMatchObject({ kind: 'not-signed', data: { problem: 'provider-credentials', code: 'key-expired' } });
  const { error } = JSON.parse(room.lines.find((line) => line.includes('"a step failed"'))!);
  expect(error.cause).toEqual({ name: 'Problem', code: 'key-expired', problem: 'provider-credentials' });
});

test('what is given up fails by what kept it from being signed', async () => {
  room.provider.failures = Array.from({ length: 40 }, () => new NotSigned(key));
  for (let tries = 0; tries < 40; tries += 1) {
    await room.store.makeAllDue();
    await room.advance.run(id);
  }
  expect(await room.store.find(id)).toMatchObject({ status: 'failed', problem: 'provider-credentials' });
  const last = (await room.store.listEvidence(id)).at(-1)!;
  expect(last).toMatchObject({ kind: 'failed', data: { problem: 'provider-credentials', code: 'key-expired' } });
  expect(room.provider.orders).toHaveLength(31);
});
