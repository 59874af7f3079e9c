import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProblemType } from '@tu-esign/contract';
import { digestOf } from '#signing/digest.ts';
import { drawAutograph } from '../../../test/autograph.ts';
import { plain, pretend } from '../../../test/bad-png.ts';
import { expectDiscreetLog, expectProblem } from '../../../test/problems.ts';
import { postDecline, postSigning, readRequest } from '../../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { createForm, typed, type FormParts } from '../../../test/signing-form.ts';
import { origin } from '../../../test/tokens.ts';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(agreement);
});
afterAll(async () => {
  expectDiscreetLog(service);
  await service.remove();
});

const megabyte = 1024 * 1024;
const good = drawAutograph().png;
const corrupted = Uint8Array.from(good, (byte, at) => (at === 60 ? byte ^ 1 : byte));
const consent = (text: string, locale = 'en'): string => JSON.stringify({ locale, digest: digestOf(text) });
const strokes = (...points: unknown[]): string =>
  JSON.stringify({ version: 1, width: 400, height: 150, strokes: [{ pointer: 'pen', points }] });

const badForms: [string, ProblemType, FormParts][] = [
  ['no autograph', 'autograph-missing', { autograph: null }],
  ['an empty file', 'autograph-missing', { autograph: new Uint8Array() }],
  ['more than 512 KB', 'autograph-too-large', { autograph: new Uint8Array(512 * 1024 + 1) }],
  ['no PNG', 'autograph-not-png', { autograph: Buffer.from('GIF89a'.repeat(40)) }],
  ['half a PNG', 'autograph-not-png', { autograph: good.subarray(0, good.length / 2) }],
  ['a PNG with a wrong check sum', 'autograph-not-png', { autograph: corrupted }],
  ['a header of 30,000 × 30,000', 'autograph-too-many-pixels', { autograph: pretend(30_000, 30_000, 1_000) }],
  ['a header without width', 'autograph-not-png', { autograph: pretend(0, 100, 1_000) }],
  ['a small header before 100 MB', 'autograph-not-png', { autograph: pretend(20, 20, 100 * megabyte) }],
  ['nothing drawn', 'autograph-empty', { autograph: plain(0, 0, 0, 0) }],
  ['white on white', 'autograph-empty', { autograph: plain(255, 255, 255, 255) }],
  ['all black', 'autograph-empty', { autograph: plain(0, 0, 0, 255) }],
  ['no strokes', 'strokes-invalid', { strokes: null }],
  ['strokes that are no JSON', 'strokes-invalid', { strokes: '{"version":' }],
  ['strokes without points', 'strokes-invalid', { strokes: strokes() }],
  ['a point far away', 'strokes-invalid', { strokes: strokes([1e9, 0, 0, 0.5]) }],
  ['a typed autograph with strokes', 'making-invalid', { making: JSON.stringify(typed) }],
  ['a way of making it that is no JSON', 'making-invalid', { strokes: null, making: '{' }],
  ['one nobody knows', 'making-invalid', { strokes: null, making: '{"method":"stamp"}' }],
  ['a face that is a path', 'making-invalid', { strokes: null, making: JSON.stringify({ ...typed, face: '../x' }) }],
  ['drawn in two ways', 'making-invalid', { strokes: null, making: '{"method":"draw"}' }],
  ['no consent', 'consent-missing', { consent: null }],
  ['a consent that is no JSON', 'consent-missing', { consent: 'yes' }],
  ['a consent to an unknown text', 'consent-unknown', { consent: consent('I agree to anything') }],
  ['a consent in an unknown language', 'consent-missing', { consent: consent('Oui', 'fr') }],
];

test.each(badForms)('%s is refused as %s, and nothing is kept', async (name, type, parts) => {
  await expectRefusal(name, type, createForm(parts));
});

const encoded = (encoding: string): string =>
  `--x\r\nContent-Disposition: form-data; name="strokes"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n{}\r\n--x--\r\n`;

test.each<[string, ProblemType, string, string]>([
  ['JSON', 'media-type-unsupported', 'application/json', '{}'],
  ['a multipart body without boundary', 'body-malformed', 'multipart/form-data', 'abc'],
  ['garbage', 'body-malformed', 'multipart/form-data; boundary=x', 'no part at all'],
  [
    'a part in an odd transfer encoding and no other',
    'autograph-missing',
    'multipart/form-data; boundary=x',
    encoded('7bit'),
  ],
  ['a part in a transfer encoding nobody knows', 'body-malformed', 'multipart/form-data; boundary=x', encoded('odd')],
  ['a part that does not end', 'body-malformed', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form'],
])('%s as a form is refused as %s, and nothing is kept', async (name, type, contentType, body) => {
  const token = await service.tokens.signing(name, digest);
  const headers = { authorization: `Bearer ${token}`, origin, 'content-type': contentType };
  await expectProblem(await fetch(`${service.url}/v1/signings`, { method: 'POST', headers, body }), type);
  await expectNoSigning(name);
});

test('strokes in two fields are refused, though together they would be JSON', async () => {
  const [before, after] = strokes([1, 2, 0, 0.5]).split(/,(.*)/s) as [string, string];
  const form = createForm({ strokes: before });
  form.append('strokes', after);
  await expectRefusal('two fields', 'body-malformed', form);
});

test('fields beyond two megabytes are refused, and those within are read', async () => {
  // The others take a few hundred bytes.
  await expectRefusal('largest field', 'strokes-invalid', createForm({ strokes: 'x'.repeat(2 * megabyte - 1_000) }));
  await expectRefusal('long field', 'body-too-large', createForm({ strokes: 'x'.repeat(2 * megabyte + 1) }));
});

test('a signing of a document that nobody uploaded is refused', async () => {
  const token = await service.tokens.signing('no document', digestOf('nothing'));
  await expectProblem(await postSigning(service, token), 'document-not-found');
});

test.each<[string, ProblemType, string, string]>([
  ['that is no JSON', 'body-malformed', 'application/json', '{"reason"'],
  ['of another type', 'media-type-unsupported', 'text/plain', 'no'],
  ['that is too long', 'body-malformed', 'application/json', JSON.stringify({ reason: 'x'.repeat(501) })],
  ['that databases refuse', 'body-malformed', 'application/json', JSON.stringify({ reason: 'no\0t this' })],
  ['beyond 4 KiB', 'body-too-large', 'application/json', JSON.stringify({ reason: 'x'.repeat(5_000) })],
])('a decline with a body %s is refused as %s', async (name, type, contentType, body) => {
  const identifier = `decline ${name}`;
  const token = await service.tokens.signing(identifier, digest);
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  await expectProblem(await fetch(`${service.url}/v1/signings/decline`, { method: 'POST', headers, body }), type);
  await expectNoSigning(identifier);
});

test('a reason for declining is not in the log', async () => {
  const token = await service.tokens.signing('reason', digest);
  expect((await postDecline(service, token, 'Xóchitl no está de acuerdo')).status).toBe(200);
  expectDiscreetLog(service);
});

const expectRefusal = async (identifier: string, type: ProblemType, form: FormData): Promise<void> => {
  const token = await service.tokens.signing(identifier, digest);
  await expectProblem(await postSigning(service, token, form), type);
  await expectNoSigning(identifier);
};

const expectNoSigning = async (identifier: string): Promise<void> => {
  const token = await service.tokens.signing(identifier, digest);
  expect((await readRequest(service, token)).signing).toBeNull();
  expect(service.keptFiles()).toEqual([digest]);
};
