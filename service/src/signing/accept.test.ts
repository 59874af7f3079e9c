import type { Consent, DocumentFinding } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { createClaims, createPost, visitOf } from '../../test/records.ts';
import { signatory } from '../../test/tokens.ts';
import { canonicalJson } from '@tu-esign/verifier/evidence/canonical-json.ts';
import { Problem } from '#problem.ts';
import { acceptDecline, acceptSigning, rangesOf, requireSamePost, type PostedInk, type Viewed } from './accept.ts';
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

test('places, initials and consents that a host asks for are kept, each alone', () => {
  const spot = { page: 1, x: 10, y: 10, width: 200, height: 60 };
  for (const asked of [
    { placements: [spot, { ...spot, page: 2 }] },
    { initials: { pages: 'others' } },
    { consents: [{ id: 'news', text: 'I want news', required: false }] },
  ] as const)
    expect(signingOf(asked).request).toEqual({ ...accepted.signing.request, ...asked });
});

const observe = (viewed: Viewed) => acceptSigning(visitOf(claims), { ...post, viewed }, 0).observations[1];

test('each place is told with whether its page was seen', () => {
  const place = { x: 10, y: 20, width: 200, height: 60, ink: { x: 11, y: 20, width: 198, height: 40 } };
  const places = [
    { kind: 'signature', page: 2, ...place },
    { kind: 'initials', page: 1, ...place },
  ] as const;
  const { ink: _ink, ...told } = place;
  expect(observe({ viewed: [2, 3], pages: 3, places })).toEqual({
    kind: 'pages-viewed',
    data: {
      viewed: '2-3',
      pages: 3,
      places: [
        { kind: 'signature', page: 2, ...told, viewed: true },
        { kind: 'initials', page: 1, ...told, viewed: false },
      ],
      observedBy: 'element',
    },
  });
  const without = { kind: 'pages-viewed', data: { viewed: '1', pages: 1, observedBy: 'element' } };
  expect(observe({ viewed: [1], pages: 1, places: [] })).toEqual(without);
});

const initials: PostedInk = {
  png: Buffer.from('initials'),
  autograph: { ...post.autograph, png: Buffer.from('placed initials') },
  made: { method: 'upload', json: '{"file":1}' },
};

test('initials are evidence of their own, and another post', () => {
  const { observations, signing } = acceptSigning(visitOf(claims), { ...post, initials }, 0);
  expect(observations.at(-1)).toEqual({
    kind: 'autograph-received',
    data: {
      ...accepted.observations.at(-1)!.data,
      initials: {
        method: 'upload',
        pngDigest: digestOf('initials'),
        makingDigest: digestOf('{"file":1}'),
        placedDigest: digestOf('placed initials'),
      },
    },
  });
  expect(accepted.observations.at(-1)!.data).not.toHaveProperty('initials');
  const same = signingOf({}, { initials });
  expect(requireSamePost(signing, same)).toBe(signing);
  for (const other of [{}, { initials: { ...initials, png: Buffer.from('others') } }])
    expect(() => requireSamePost(signing, signingOf({}, other))).toThrow(Problem);
});

test('what of the host’s consents was ticked, and what was not, is evidence of its own', () => {
  const consents = [
    { id: 'terms', text: 'I accept the terms', required: true },
    { id: 'news', text: 'I want news', required: false },
  ];
  const [terms, news] = consents.map(({ id, text }) => ({ id, digest: digestOf(text) }));
  const consentOf = (...answers: NonNullable<Consent['consents']>) => ({ ...post.consent, consents: answers });
  const consent = consentOf({ ...terms!, accepted: true }, { ...news!, accepted: false });
  const { observations, signing } = acceptSigning(visitOf({ ...claims, consents }), { ...post, consent }, 0);
  expect(observations.map(({ kind }) => kind)).toEqual([
    'token-accepted',
    'consent-given',
    'host-consents-answered',
    'autograph-received',
  ]);
  expect(observations[2]!.data).toEqual({
    consents: [
      { ...consents[0], ...terms, accepted: true },
      { ...consents[1], ...news, accepted: false },
    ],
  });
  const { locale, digest } = post.consent;
  expect(observations[1]!.data).toEqual({ locale, digest, text: accepted.observations[1]!.data['text'] });
  const both = consentOf({ ...terms!, accepted: true }, { ...news!, accepted: true });
  expect(() => requireSamePost(signing, signingOf({ consents }, { consent: both }))).toThrow(Problem);
});

test('a decline has its fingerprint by what was asked alone', () => {
  const { fingerprint } = acceptDecline(visitOf(claims), '', 0).signing;
  expect(fingerprint).not.toBe(accepted.signing.fingerprint);
  const request = { identifier: claims.identifier, document: claims.document, signatory };
  expect(fingerprint).toBe(digestOf(canonicalJson({ request, declined: true })));
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
