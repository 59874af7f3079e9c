import { expect, test } from 'vitest';
import { createLinks, type LinkTarget, type LinksOptions } from './links.ts';

const start = Date.parse('2026-11-24T12:00:00.000Z');
const target: LinkTarget = { signingId: 'one', file: 'document' };
const options: LinksOptions = {
  key: new Uint8Array(32).fill(7),
  publicUrl: 'https://sign.example',
  lifetimeSeconds: 900,
  holder: 'signatory',
  now: () => start,
};
const links = createLinks(options);
const { href } = links.create(target);
const query = new URL(href).searchParams;
const changed = (name: string, value: string): URLSearchParams => {
  const copy = new URLSearchParams(query);
  copy.set(name, value);
  return copy;
};

test('a link leads to the file and tells its end', () => {
  const { href, expiresAt } = links.create(target);
  expect(href).toMatch(/^https:\/\/sign\.example\/v1\/signings\/one\/files\/document\?/);
  expect(expiresAt).toBe('2026-11-24T12:15:00.000Z');
});

const linksAt = (ms: number) => createLinks({ ...options, now: () => ms });

test('a link opens its file until the second it ends', () => {
  expect(() => linksAt(start + 899_999).verify(target, query)).not.toThrow();
  expect(() => linksAt(start + 900_000).verify(target, query)).toThrow(
    expect.objectContaining({ type: 'link-expired' }),
  );
});

test('a link tells to whom it was given', () => {
  const given = createLinks({ ...options, holder: 'host' }).create(target);
  expect(links.verify(target, new URL(given.href).searchParams)).toBe('host');
  expect(links.verify(target, query)).toBe('signatory');
});

test.each<[string, LinkTarget, URLSearchParams]>([
  ['another holder', target, changed('to', 'host')],
  ['another file', { ...target, file: 'evidence' }, query],
  ['another signing', { ...target, signingId: 'two' }, query],
  ['a later end', target, changed('expires', `${start / 1000 + 9_000}`)],
  ['an end that is no number', target, changed('expires', 'Infinity')],
  ['another signature', target, changed('signature', Buffer.alloc(32).toString('base64url'))],
  ['a short signature', target, changed('signature', 'AAAA')],
  ['the same signature, spelled otherwise', target, changed('signature', `${query.get('signature')}=`)],
  ['nothing', target, new URLSearchParams()],
])('a link with %s is invalid', (_name, target, query) => {
  expect(() => links.verify(target, query)).toThrow(expect.objectContaining({ type: 'link-invalid' }));
});

test('a link of another key is invalid', () => {
  const other = createLinks({ ...options, key: new Uint8Array(32).fill(8) });
  expect(() => other.verify(target, query)).toThrow(expect.objectContaining({ type: 'link-invalid' }));
});

test('a link that says it is for nobody we know is invalid, though it is ours', () => {
  const given = createLinks({ ...options, holder: 'nobody' as 'host' }).create(target);
  const verify = () => links.verify(target, new URL(given.href).searchParams);
  expect(verify).toThrow(expect.objectContaining({ type: 'link-invalid' }));
});
