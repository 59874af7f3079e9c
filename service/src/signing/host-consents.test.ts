import type { Consent } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { answeredConsents, hostConsentsOf, requireAnswers } from './consent.ts';
import { digestOf } from './digest.ts';

/** Consents of the host's own: each is answered once, to its very words, and what is required is given. */

const asked = {
  consents: [
    { id: 'terms', text: 'I accept the terms', required: true },
    { id: 'news', text: 'I want news', required: false },
  ],
};
const [terms, news] = asked.consents.map(({ text }) => digestOf(text)) as [string, string];
const answer = (id: string, digest: string, accepted = true) => ({ id, digest, accepted });
const consentOf = (...consents: ReturnType<typeof answer>[]): Consent => ({
  locale: 'en',
  digest: digestOf('of the service'),
  consents,
});
const withoutAnswers: Consent = { locale: 'en', digest: digestOf('of the service') };

test('each has the digest of its words', () => {
  expect(hostConsentsOf(asked)).toEqual([
    { ...asked.consents[0], digest: terms },
    { ...asked.consents[1], digest: news },
  ]);
  expect(hostConsentsOf({})).toEqual([]);
});

test('what was answered is told, in the order in which it was asked', () => {
  expect(answeredConsents(asked, consentOf(answer('news', news, false), answer('terms', terms)))).toEqual([
    { ...asked.consents[0], digest: terms, accepted: true },
    { ...asked.consents[1], digest: news, accepted: false },
  ]);
  expect(answeredConsents(asked, consentOf(answer('news', news)))).toEqual([
    { ...asked.consents[1], digest: news, accepted: true },
  ]);
  expect(answeredConsents(asked, withoutAnswers)).toEqual([]);
  expect(answeredConsents({}, withoutAnswers)).toEqual([]);
});

test('what is required is given, and what is not is answered', () => {
  for (const accepted of [true, false])
    expect(() =>
      requireAnswers(asked, consentOf(answer('terms', terms), answer('news', news, accepted))),
    ).not.toThrow();
  expect(() => requireAnswers({}, withoutAnswers)).not.toThrow();
});

const lacking = (...ids: string[]) => ({
  type: 'consents-missing',
  errors: ids.map((id) => ({ pointer: '#/consent/consents', detail: `${id}: is not answered, or not given` })),
});
const thrownBy = (consent: Consent): unknown => {
  try {
    requireAnswers(asked, consent);
    return undefined;
  } catch (error) {
    return error;
  }
};

test('what lacks is told by its name', () => {
  expect(thrownBy(withoutAnswers)).toMatchObject(lacking('terms', 'news'));
  expect(thrownBy(consentOf(answer('terms', terms)))).toMatchObject(lacking('news'));
  expect(thrownBy(consentOf(answer('news', news)))).toMatchObject(lacking('terms'));
  expect(thrownBy(consentOf(answer('news', news), answer('terms', terms, false)))).toMatchObject(lacking('terms'));
});

test.each([
  ['words that are asked no more', [answer('terms', digestOf('other words')), answer('news', news)]],
  ['words of another consent', [answer('terms', news), answer('news', news)]],
  ['what nobody asks for', [answer('terms', terms), answer('news', news), answer('other', news)]],
  ['the same twice', [answer('terms', terms), answer('news', news), answer('news', news, false)]],
])('an answer to %s is to none', (_, answers) => {
  expect(thrownBy(consentOf(...answers))).toMatchObject({ type: 'consent-unknown' });
});
