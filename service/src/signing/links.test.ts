import { expect, test } from 'vitest';
import { createLinks, type LinkTarget, type LinksOptions } from './links.ts';

const start = Date.parse('2026-11-24T12:00:00.000Z');
const target: LinkTarget = { signingId: 'one', file: 'document' };
const options: LinksOptions = {
  keys: [{ bytes: new Uint8Array(32).fill(7), from: 0 }],
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
  const other = createLinks({ ...options, keys: [{ bytes: new Uint8Array(32).fill(8), from: 0 }] });
  expect(() => other.verify(target, query)).toThrow(expect.objectContaining({ type: 'link-invalid' }));
});

test('a link that says it is for nobody we know is invalid, though it is ours', () => {
  const given = createLinks({ ...options, holder: 'nobody' as 'host' }).create(target);
  const verify = () => links.verify(target, new URL(given.href).searchParams);
  expect(verify).toThrow(expect.objectContaining({ type: 'link-invalid' }));
});

test('where the key was replaced, links of the one before open until they end, and later ones of it do not', () => {
  const [old, fresh] = [7, 8].map((fill) => new Uint8Array(32).fill(fill)) as [Uint8Array, Uint8Array];
  const keys = [
    { bytes: old, from: 0 },
    { bytes: fresh, from: start + 1_000 },
  ];
  const at = (ms: number) => createLinks({ ...options, keys, now: () => start + ms });
  expect(() => at(899_999).verify(target, query)).not.toThrow();
  expect(() => at(900_000).verify(target, query)).toThrow(expect.objectContaining({ type: 'link-expired' }));
  // Before its time the new one signs nothing yet; then it does.
  expect(at(0).create(target).href).toBe(href);
  const { href: later } = at(1_000).create(target);
  expect(() => at(1_000).verify(target, new URL(later).searchParams)).not.toThrow();
  expect(() => linksAt(start).verify(target, new URL(later).searchParams)).toThrow();
  // Whoever has stolen the old key.
  const stolen = new URL(linksAt(start + 3_600_000).create(target).href).searchParams;
  expect(() => at(3_600_000).verify(target, stolen)).toThrow(expect.objectContaining({ type: 'link-invalid' }));
});
