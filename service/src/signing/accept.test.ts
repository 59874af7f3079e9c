import type { DocumentFinding } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createClaims, createPost, visitOf } from '../../test/records.ts';
import { signatory } from '../../test/tokens.ts';
import { acceptDecline, acceptSigning, rangesOf, requireSamePost } from './accept.ts';
import { digestOf } from './digest.ts';

const claims = createClaims();
const post = createPost();
const accept = () => acceptSigning(visitOf(claims), post, 1_795_000_001_000);
const accepted = accept();
const signingOf = (changedClaims: object = {}, changedPost: object = {}) =>
  acceptSigning(visitOf({ ...claims, ...changedClaims }), { ...post, ...changedPost }, 1_795_000_002_000).signing;

test('a record holds what was asked, and of the token its jti alone', () => {
  const { identifier, document, jti } = claims;
  expect(accepted.signing.request).toEqual({ identifier, document, signatory });
  expect(accepted.signing).toMatchObject({ host: 'bank', identifier, jti, status: 'accepted', epoch: 0, outputs: {} });
});

test('the evidence holds the words agreed to, and digests of what was drawn', () => {
  const [token, consent, autograph] = accept().observations;
  expect(token).toMatchObject({ kind: 'token-accepted', data: { issuer: claims.iss, tokenId: claims.jti } });
  expect(digestOf(String(consent!.data['text']))).toBe(post.consent.digest);
  expect(autograph!.data).toMatchObject({ pngDigest: digestOf(post.png), strokesDigest: digestOf('{}') });
  expect(JSON.stringify(accepted.observations)).not.toContain(signatory.email);
});

test('a record begins at its time, with nothing done', () => {
  const { id, createdAt, updatedAt, fingerprint: _fingerprint, consent, ...begun } = accept().signing;
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect([createdAt, updatedAt, consent]).toEqual([1_795_000_001_000, 1_795_000_001_000, post.consent]);
  expect(begun).toEqual({
    host: 'bank',
    identifier: claims.identifier,
    jti: claims.jti,
    status: 'accepted',
    epoch: 0,
    attempts: 0,
    lookups: 0,
    request: { identifier: claims.identifier, document: claims.document, signatory },
    input: { digest: claims.document.digest, signingId: null },
    takenAt: null,
    signedAt: null,
    outputs: {},
    standings: {},
    problem: null,
    declineReason: null,
  });
});

test('all that a host asks for is kept', () => {
  const asked = {
    locale: 'en',
    placement: { page: 1, x: 10, y: 10, width: 200, height: 60 },
    sequence: { position: 2, of: 3 },
    policy: { readAllPages: true },
  } as const;
  expect(signingOf(asked).request).toEqual({ ...accepted.signing.request, ...asked });
});

test('the evidence of a visit tells what the token said, and what the signatory was given', () => {
  const data = {
    issuer: claims.iss,
    tokenId: claims.jti,
    issuedAt: claims.iat,
    expires: claims.exp,
    origin: claims.origin,
    identifier: claims.identifier,
    document: claims.document.digest,
  };
  expect(accept().observations[0]).toEqual({ kind: 'token-accepted', data });
  const sequence = { position: 2, of: 2 };
  const visit = { ...visitOf({ ...claims, sequence }), input: { digest: digestOf('signed'), signingId: 'one' } };
  const [token] = acceptDecline(visit, '', 0).observations;
  expect(token!.data).toEqual({ ...data, ...sequence, given: digestOf('signed') });
});

test('how the autograph was made is evidence, and which pages and findings were seen', () => {
  const pngDigest = digestOf(post.png);
  const finding = { name: 'javascript', detail: '' } as unknown as DocumentFinding;
  const made = { method: 'type', json: '{}' } as const;
  const visit = { ...visitOf(claims), findings: [finding] };
  const { observations } = acceptSigning(visit, { ...post, made, viewed: { viewed: [1, 2, 4], pages: 4 } }, 0);
  expect(observations.slice(1)).toEqual([
    { kind: 'document-examined', data: { document: claims.document.digest, findings: [finding] } },
    { kind: 'pages-viewed', data: { viewed: '1-2, 4', pages: 4, observedBy: 'element' } },
    { kind: 'consent-given', data: accepted.observations[1]!.data },
    {
      kind: 'autograph-received',
      data: { method: 'type', pngDigest, makingDigest: digestOf('{}'), placedDigest: digestOf(post.autograph.png) },
    },
  ]);
  expect(accept().observations.map(({ kind }) => kind)).toEqual([
    'token-accepted',
    'consent-given',
    'autograph-received',
  ]);
  expect(acceptSigning({ ...visit, findings: [] }, post, 0).observations).toHaveLength(3);
});

test('a consent to an unknown text is not accepted', () => {
  const unknown = { consent: { locale: 'en', digest: digestOf('anything') } };
  expect(() => signingOf({}, unknown)).toThrow(expect.objectContaining({ type: 'consent-unknown' }));
});

test('the same post with the token of a later visit is the same signing', () => {
  const later = signingOf({ jti: 'a-later-visit', iat: claims.iat + 60, exp: claims.exp + 60 });
  expect(later.id).not.toBe(accepted.signing.id);
  expect(requireSamePost(accepted.signing, later)).toBe(accepted.signing);
});

test.each<[string, object, object]>([
  ['other ink', {}, { png: Buffer.from('other ink') }],
  ['other strokes', {}, { made: { method: 'draw', json: '{"version":1}' } }],
  ['another way of making it', {}, { made: { method: 'type', json: '{}' } }],
  ['another signatory', { signatory: { ...signatory, paternalSurname: 'Distinta' } }, {}],
  ['another document', { document: { digest: digestOf('other'), name: 'Contrato.pdf' } }, {}],
  ['another place', { placement: { page: 1, x: 10, y: 10, width: 200, height: 60 } }, {}],
])('%s is another post', (_name, changedClaims, changedPost) => {
  const other = signingOf(changedClaims, changedPost);
  const signed = expect.objectContaining({ type: 'already-signed' });
  expect(() => requireSamePost(accepted.signing, other)).toThrow(signed);
});

test('a decline is final, with its reason', () => {
  const { signing, observations } = acceptDecline(visitOf(claims), 'No quiero', 1_795_000_001_000);
  expect(signing).toMatchObject({ status: 'declined', declineReason: 'No quiero', consent: null });
  expect(observations.map(({ kind }) => kind)).toEqual(['token-accepted', 'declined']);
  expect(observations[1]!.data).toEqual({ reason: 'No quiero' });
  const declined = expect.objectContaining({ type: 'already-declined' });
  expect(() => requireSamePost(signing, accepted.signing)).toThrow(declined);
  expect(requireSamePost(signing, acceptDecline(visitOf(claims), 'Otra vez', 0).signing)).toBe(signing);
  const other = acceptDecline(visitOf({ ...claims, identifier: 'CREDITO-2' }), 'No quiero', 0).signing;
  expect(() => requireSamePost(signing, other)).toThrow(declined);
});

test.each([
  [[], ''],
  [[4], '4'],
  [[1, 2, 3], '1-3'],
  [[1, 3, 4, 9], '1, 3-4, 9'],
])('the viewed pages %j are written as %j', (pages, written) => {
  expect(rangesOf(pages)).toBe(written);
});
