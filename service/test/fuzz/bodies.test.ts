import { AutographMethod, Consent, Decline, Making, Policy, Strokes } from '@tu-esign/contract';
import { oneof } from 'fast-check';
import { expect, test } from 'vitest';
import { findConsentText } from '#signing/consent.ts';
import { policyOf } from '#signing/request.ts';
import { createClaims } from '../records.ts';
import { consentTo, strokes, typed } from '../signing-form.ts';
import { bank } from '../tokens.ts';
import { fuzz, longestMs, takenMs } from './fuzz.ts';
import { changedJson } from './odd-json.ts';
import { expectStorable, outcomeOf } from './outcome.ts';

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

fuzz('bodies: strokes', changedJson(strokes), (text) => {
  const { data } = Strokes.safeParse(read(text));
  const points = data?.strokes.flatMap((stroke) => stroke.points) ?? [];
  for (const number of points.flat()) expect(number).toSatisfy(Number.isFinite);
  expectStorable(data);
});

const small = oneof(changedJson(consentTo(bank.name)), changedJson({ reason: 'No es el crédito que pedí' }));

fuzz('bodies: consent and decline', small, (text) => {
  const body = read(text);
  const consent = Consent.safeParse(body).data;
  if (consent) expect(['good', 'consent-unknown']).toContain(outcomeOf(() => findConsentText(consent, bank.name)));
  const decline = Decline.safeParse(body).data;
  expect(decline?.reason?.length ?? 0).toBeLessThanOrEqual(500);
  expectStorable(decline);
});

const uploaded = { method: 'upload', mediaType: 'image/jpeg' };
const policy = { autographs: ['type', 'draw'], readAllPages: true };
const made = oneof(changedJson(typed), changedJson(uploaded), changedJson(policy));

fuzz('bodies: policy, and how an autograph was made', made, (text) => {
  const body = read(text);
  const making = Making.safeParse(body).data;
  expect(['type', 'upload', undefined]).toContain(making?.method);
  if (making?.method === 'type') expect(making.face).toMatch(/^[a-z0-9-]{1,64}$/);
  expectStorable(making);
  const demanded = Policy.safeParse(body).data;
  if (demanded) expectUsable(policyOf(createClaims({ policy: demanded })));
});

/** There is a way to sign, each is known, and none is offered twice. */
const expectUsable = ({ autographs, readAllPages }: ReturnType<typeof policyOf>): void => {
  expect(autographs.length).toBeGreaterThan(0);
  expect(new Set(autographs).size).toBe(autographs.length);
  expect(AutographMethod.options).toEqual(expect.arrayContaining(autographs));
  expect(readAllPages).toBeTypeOf('boolean');
};

/** Twice what the service takes. */
const largest = 4 * 1024 * 1024;
const points = (count: number): string => Array.from({ length: count }, () => '[0,0,0,0]').join();
const drawn = (strokes: string): string => `{"version":1,"width":9,"height":9,"strokes":[${strokes}]}`;
const stroke = (count: number): string => `{"pointer":"pen","points":[${points(count)}]}`;

test.each([
  ['points', drawn(stroke(400_000))],
  ['strokes', drawn(Array.from({ length: 80_000 }, () => stroke(1)).join())],
  ['wrong points', drawn(stroke(200_000).replaceAll('0,0,0', '"",1e999,{}'))],
  ['nested lists', '['.repeat(largest / 2) + ']'.repeat(largest / 2)],
  ['nested objects', '{"strokes":'.repeat(300_000) + '0' + '}'.repeat(300_000)],
])('too many %s are refused in bounded time', (_, text) => {
  const before = takenMs();
  expect(Strokes.safeParse(read(text)).success).toBe(false);
  expect(takenMs() - before).toBeLessThan(longestMs);
});
