import { NotificationType } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { HostWebhook } from './webhook.ts';

const bytes = (length: number) => Buffer.alloc(length, 7).toString('base64');
const secret = `whsec_${bytes(32)}`;
const webhook = (changes: object = {}) => ({
  url: 'https://bank.example/notifications',
  secrets: [secret],
  ...changes,
});
const accepts = (changes: object): boolean => HostWebhook.safeParse(webhook(changes)).success;

test('a host is told of everything at a public address, unless it says otherwise', () => {
  expect(HostWebhook.parse(webhook())).toMatchObject({
    events: NotificationType.options,
    allowPrivate: false,
  });
});

test.each<[string, object]>([
  ['two secrets', { secrets: [secret, `whsec_${bytes(24)}`] }],
  ['an Ed25519 key', { secrets: [`whsk_${bytes(32)}`] }],
  ['an Ed25519 key with its public key behind it', { secrets: [secret, `whsk_${bytes(64)}`] }],
  ['one event', { events: ['signing.completed'] }],
  ['a port', { url: 'https://bank.example:8443/' }],
  ['a public address', { url: 'https://1.1.1.1/' }],
  ['this machine, where it is allowed', { url: 'http://127.0.0.1:3000/', allowPrivate: true }],
])('%s is taken', (_name, changes) => {
  expect(accepts(changes)).toBe(true);
});

test.each<[string, object]>([
  ['no secret', { secrets: [] }],
  ['five secrets', { secrets: [secret, secret, secret, secret, secret] }],
  ['a short secret', { secrets: [`whsec_${bytes(23)}`] }],
  ['a long secret', { secrets: [`whsec_${bytes(65)}`] }],
  ['a secret without its prefix', { secrets: [bytes(32)] }],
  ['a secret that is not base64', { secrets: ['whsec_not base64 at all, but long enough to be'] }],
  ['a public key', { secrets: [`whpk_${bytes(32)}`] }],
  ['a private key of another length', { secrets: [`whsk_${bytes(33)}`] }],
  ['no event', { events: [] }],
  ['an unknown event', { events: ['signing.opened'] }],
  ['plain HTTP', { url: 'http://bank.example/' }],
  ['another scheme', { url: 'file:///etc/hosts', allowPrivate: true }],
  ['a password', { url: 'https://user:password@bank.example/' }],
  ['this machine', { url: 'https://127.0.0.1/' }],
  ['this machine, spelled oddly', { url: 'https://0x7f.1/' }],
  ['this machine by IPv6', { url: 'https://[::1]/' }],
  ['a cloud’s metadata', { url: 'https://169.254.169.254/' }],
  ['a misspelt member', { secret }],
])('%s is a fault', (_name, changes) => {
  expect(accepts(changes)).toBe(false);
});

test('a fault never quotes a secret', () => {
  const { error } = HostWebhook.safeParse(webhook({ secrets: ['whsec_c2VjcmV0'] }));
  expect(JSON.stringify(error)).not.toContain('c2VjcmV0');
});
