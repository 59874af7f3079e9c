import { expect, test } from 'vitest';
import { createRecord } from '../../test/records.ts';
import { digestOf } from './digest.ts';
import { createLinks } from './links.ts';
import type { Signing } from './signing.ts';
import { toView, type ViewContext } from './view.ts';

const links = createLinks({
  keys: [{ bytes: new Uint8Array(32).fill(7), from: 0 }],
  publicUrl: 'https://sign.example',
  lifetimeSeconds: 900,
  holder: 'host',
  now: () => Date.parse('2026-11-24T12:00:00.000Z'),
});
const conservation = { issuer: 'PSC', accredited: true };
const context: ViewContext = { links, conservation, sequence: 'open' };
const accepted: Signing = { ...createRecord().signing, createdAt: 0, updatedAt: 1000 };
const { id } = accepted;

test('an accepted signing is told with what is to come', () => {
  expect(toView(accepted, context)).toEqual({
    id,
    identifier: accepted.identifier,
    status: 'accepted',
    createdAt: '1970-01-01T00:00:00.000Z',
    updatedAt: '1970-01-01T00:00:01.000Z',
    document: accepted.request.document,
    sequence: { position: 1, of: 1, state: 'open' },
    outputs: {
      document: { state: 'pending', mediaType: 'application/pdf' },
      'key-certificate': { state: 'pending', mediaType: 'application/pem-certificate-chain' },
      'conservation-certificate': { state: 'pending', mediaType: 'application/timestamp-reply', ...conservation },
    },
    evidence: links.create({ signingId: id, file: 'evidence' }),
  });
});

const file = { digest: digestOf('file'), bytes: 4 };

test('what is there is told with its digest and a link, and who conserved it by what they did', () => {
  const kept = { ...file, issuedAt: '2026-11-24T12:00:00Z', issuer: 'Otro PSC', accredited: false };
  const outputs = { document: file, keyCertificate: { ...file, mediaType: 'application/pkix-cert' } };
  const conserved = { ...kept, conserves: 'signed-document' } as const;
  const view = toView({ ...accepted, outputs: { ...outputs, conservationCertificate: conserved } }, context);
  const linkTo = (name: 'document' | 'key-certificate' | 'conservation-certificate') => ({
    ...file,
    state: 'issued',
    link: links.create({ signingId: id, file: name }),
  });
  const { digest: _digest, bytes: _bytes, ...told } = conserved;
  expect(view.outputs).toEqual({
    document: { ...linkTo('document'), mediaType: 'application/pdf' },
    'key-certificate': { ...linkTo('key-certificate'), mediaType: 'application/pkix-cert' },
    'conservation-certificate': {
      ...linkTo('conservation-certificate'),
      mediaType: 'application/timestamp-reply',
      ...told,
    },
  });
  const unknown = toView({ ...accepted, outputs: { conservationCertificate: kept } }, context);
  expect(unknown.outputs['conservation-certificate']).not.toHaveProperty('conserves');
});

test('what has failed says why, by the code of who refused it, and what was found', () => {
  const problem = {
    type: expect.stringMatching(/.+signing-failed$/) as string,
    title: expect.stringMatching(/./) as string,
    code: 'E-17',
  };
  const standings = { document: { problem: 'signing-failed', code: 'E-17', findings: { parsed: false } } } as const;
  const view = toView({ ...accepted, status: 'failed', problem: 'signing-failed', standings }, context);
  expect(view.problem).toEqual(problem);
  expect(view.outputs.document).toMatchObject({ state: 'failed', problem, findings: { parsed: false } });
  const { code: _code, ...without } = problem;
  expect(toView({ ...accepted, status: 'failed', problem: 'signing-failed' }, context).problem).toEqual(without);
});

test('a decline is told with its reason, even where that is empty', () => {
  const view = toView({ ...accepted, status: 'declined', declineReason: '' }, context);
  expect(view).toMatchObject({ status: 'declined', declineReason: '' });
});

test('the level of a document is told where it is known, and what became of the host’s consents', () => {
  expect(
    toView({ ...accepted, outputs: { document: { ...file, level: 'B-LT' } } }, context).outputs.document,
  ).toMatchObject({ level: 'B-LT' });
  const asked = { id: 'news', text: 'I want news', required: false };
  const answer = { id: 'news', digest: digestOf(asked.text), accepted: false };
  const answered: Signing = {
    ...accepted,
    request: { ...accepted.request, consents: [asked] },
    consent: { ...accepted.consent!, consents: [answer] },
  };
  expect(toView(answered, context).consents).toEqual([{ ...asked, ...answer }]);
  expect(toView({ ...answered, consent: null }, context)).not.toHaveProperty('consents');
});
