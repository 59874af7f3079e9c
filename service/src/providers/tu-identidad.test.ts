import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOrder } from '../../test/embedded-signing.ts';
import { agreement } from '../../test/running-service.ts';
import { apiKey, startTuIdentidad, type FaultName, type RunningTuIdentidad } from '../../test/tu-identidad-sandbox.ts';
import { createTuIdentidadClient } from '#tu-identidad/client.ts';
import type { TuIdentidadEntry } from '#tu-identidad/settings.ts';
import { Problem } from '#problem.ts';
import { NotSigned, type DeliveredKeyCertificate, type Provider, type SigningOrder } from './provider.ts';
import { createTuIdentidadProvider } from './tu-identidad.ts';

type Asked = Extract<Provider, { repeats: 'lookup' }>;

let vendor: RunningTuIdentidad;
beforeAll(async () => {
  vendor = await startTuIdentidad({ slowMs: 11_000 });
});
afterAll(() => vendor.stop());

const createProvider = (changes: Partial<TuIdentidadEntry> = {}): Asked => {
  const settings = vendor.configure(changes);
  return createTuIdentidadProvider({ client: createTuIdentidadClient(settings), settings }) as Asked;
};

const order = (changes: Partial<SigningOrder> = {}): SigningOrder =>
  createOrder(agreement, { identifier: crypto.randomUUID(), ...changes });

/** What was thrown, and all that anybody could print of it. */
const errors: unknown[] = [];

const outcomeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    const answer = await work;
    return answer === undefined ? 'none' : 'taken' in Object(answer) ? 'pending' : 'signed';
  } catch (error) {
    errors.push(error);
    if (error instanceof NotSigned) return `not signed: ${describe(error.cause as Problem)}`;
    return error instanceof Problem ? describe(error) : `unknown: ${(error as { code: string }).code}`;
  }
};

const describe = ({ type, code }: Problem): string => [type, code].filter(Boolean).join(' ');

const signings: [FaultName, string, number][] = [
  ['capitalised', 'signed', 1],
  ['partial', 'signed', 1],
  ['rate-limited', 'not signed: provider-rate-limited too-many-requests', 0],
  ['rate-limited-html', 'not signed: provider-rate-limited 429', 0],
  ['credentials', 'not signed: provider-credentials invalid-api-key', 0],
  ['forbidden', 'not signed: provider-credentials 403', 0],
  ['refused', 'provider-refused E-104', 0],
  ['refused-object', 'provider-refused E-105', 0],
  ['refused-code', 'provider-refused E-106', 0],
  ['refused-warnings', 'provider-refused E-107', 0],
  // What is no code, or is the person's own, is not told.
  ['refused-status', 'provider-refused 200', 0],
  ['refused-words', 'provider-refused 200', 0],
  ['refused-rfc', 'provider-refused 400', 0],
  ['unavailable', 'unknown: 503', 0],
  ['html-error', 'unknown: 502', 0],
  ['html-error-after', 'unknown: 502', 1],
  ['nonsense', 'unknown: 200', 0],
  ['nonsense-after', 'unknown: 200', 1],
  ['empty', 'unknown: 204', 0],
  ['empty-after', 'unknown: 204', 1],
  ['reset', 'unknown: ECONNRESET', 0],
  ['reset-after', 'unknown: ECONNRESET', 1],
];

test.each(signings)('where signing goes wrong by %s it is %s', async (fault, outcome, executions) => {
  const asked = order();
  vendor.misbehave({ fault, method: 'addSingleSignatory', identifier: asked.identifier });
  const provider = createProvider();
  expect(await outcomeOf(provider.sign(asked))).toBe(outcome);
  expect(vendor.executionsOf(asked.identifier)).toBe(executions);
  // Whatever it said, asking tells what it did.
  expect(await outcomeOf(provider.find(asked))).toBe(executions === 1 ? 'signed' : 'none');
});

test('an answer that is cut off, or comes too late, is not known, and found by asking', async () => {
  for (const fault of ['truncated', 'slow'] as const) {
    const asked = order();
    vendor.misbehave({ fault, method: 'addSingleSignatory', identifier: asked.identifier });
    const provider = createProvider({ timeoutSeconds: 10 });
    expect(await outcomeOf(provider.sign(asked))).toMatch(/^unknown: /);
    expect(await outcomeOf(provider.find(asked))).toBe('signed');
    expect(vendor.executionsOf(asked.identifier)).toBe(1);
  }
});

test('warnings are kept by their codes, whatever comes with them', async () => {
  const warnings = [{ code: 'W-017' }];
  const asked = order();
  const provider = createProvider();
  vendor.misbehave({ fault: 'partial', identifier: asked.identifier });
  vendor.misbehave({ fault: 'html-error', method: 'getDocument', identifier: asked.identifier });
  expect(await provider.sign(asked)).toEqual({ taken: true, warnings });
  vendor.misbehave({ fault: 'partial', identifier: asked.identifier, times: 2 });
  expect(await provider.find(asked)).toMatchObject({ warnings });
  expect(await provider.findKeyCertificate!({ ...asked, document: agreement })).toMatchObject({ warnings });
});

test('a document that is not there yet is pending, whatever the question is answered with', async () => {
  for (const fault of ['empty', 'html-error', 'reset', 'nonsense', 'rate-limited'] as const) {
    const asked = order();
    vendor.misbehave({ fault, method: 'getDocument', identifier: asked.identifier });
    const provider = createProvider();
    expect(await outcomeOf(provider.sign(asked))).toBe('pending');
    expect(await outcomeOf(provider.find(asked))).toBe('signed');
  }
});

test.each<[FaultName, string]>([
  ['empty', 'none'],
  ['html-error', 'unknown: 502'],
  ['nonsense', 'unknown: 200'],
  ['refused', 'unknown: E-104'],
  ['credentials', 'unknown: invalid-api-key'],
])('of what is said when it is asked for a document, %s is %s', async (fault, outcome) => {
  const asked = order();
  vendor.misbehave({ fault, method: 'getDocument', identifier: asked.identifier });
  expect(await outcomeOf(createProvider().find(asked))).toBe(outcome);
});

test('a refusal of what was signed before is no refusal', async () => {
  const asked = order();
  const provider = createProvider();
  await provider.sign(asked);
  vendor.misbehave({ fault: 'refused', method: 'addSingleSignatory', identifier: asked.identifier });
  expect(await outcomeOf(provider.sign(asked))).toBe('signed');
  expect(vendor.executionsOf(asked.identifier)).toBe(1);
});

test('of several each signs what the one before left, and what others signed is not taken for it', async () => {
  const identifier = crypto.randomUUID();
  const provider = createProvider();
  let document: Uint8Array = agreement;
  for (const position of [1, 2, 3]) {
    const asked = order({ identifier, document, position, of: 3 });
    expect(await outcomeOf(provider.find(asked))).toBe('none');
    const signed = await provider.sign(asked);
    if (!('document' in signed)) throw new Error('not there');
    document = signed.document;
  }
  expect(vendor.executionsOf(identifier)).toBe(3);
});

test('one surname, no RFC and no picture are what the configuration makes of them', async () => {
  const asked = order({ signatory: { givenName: 'Ana', paternalSurname: 'Ejemplo', email: 'ana@example.org' } });
  expect(await outcomeOf(createProvider({ showSignature: false }).sign(asked))).toBe('signed');
});

test('nobody there, and nobody by that key, have surely not signed', async () => {
  const away = createProvider({ url: 'http://127.0.0.1:9' });
  expect(await outcomeOf(away.sign(order()))).toBe('not signed: provider-unavailable ECONNREFUSED');
  const wrong = createProvider({ apiKey: 'another' });
  expect(await outcomeOf(wrong.sign(order()))).toBe('not signed: provider-credentials invalid-api-key');
});

test('beyond its requests a minute nothing is sent, and it says when to come again', async () => {
  const provider = createProvider({ requestsPerMinute: 2 });
  expect(await outcomeOf(provider.sign(order()))).toBe('signed');
  const asked = order();
  const refused = await provider.sign(asked).catch((error: unknown) => error as NotSigned);
  expect(refused).toBeInstanceOf(NotSigned);
  expect((refused as NotSigned).retryAfterMs).toBeGreaterThan(50_000);
  expect(vendor.executionsOf(asked.identifier)).toBe(0);
});

test('429 says when to come again', async () => {
  const asked = order();
  vendor.misbehave({ fault: 'rate-limited', identifier: asked.identifier });
  await expect(createProvider().sign(asked)).rejects.toMatchObject({ retryAfterMs: 2_000 });
});

test('the key certificate is asked for until it is there', async () => {
  const asked = order();
  const provider = createProvider();
  await provider.sign(asked);
  const wanted = { ...asked, document: agreement };
  for (const fault of ['empty', 'refused'] as const) {
    vendor.misbehave({ fault, method: 'getKeyCertificate', identifier: asked.identifier });
    expect(await provider.findKeyCertificate!(wanted)).toBeUndefined();
  }
  const { content } = (await provider.findKeyCertificate!(wanted)) as DeliveredKeyCertificate;
  expect(Buffer.from(content).toString()).toContain('BEGIN CERTIFICATE');
  // Of several it might be anybody's.
  expect(await provider.findKeyCertificate!({ ...wanted, position: 2, of: 2 })).toBe('in-document');
  expect(createProvider({ keyCertificate: null })).not.toHaveProperty('findKeyCertificate');
});

test('whatever was thrown holds nothing of the key, the person and the document', () => {
  expect(errors.length).toBeGreaterThan(20);
  const { signatory } = order();
  const printed = errors.map((error) => inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error)).join();
  const words = [apiKey, ...Object.values(signatory), Buffer.from(agreement).toString('base64').slice(0, 64)];
  for (const word of words) expect(printed).not.toContain(word);
});
