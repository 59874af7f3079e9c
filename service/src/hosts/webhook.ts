import { NotificationType } from '@tu-esign/contract';
import { z } from 'zod';
import { isOpenTarget } from '#network/public-lookup.ts';

/** Bytes a secret may have, by its prefix (Standard Webhooks 1.0, Signature scheme). */
const sizes: Record<string, (bytes: number) => boolean> = {
  whsec: (bytes) => bytes >= 24 && bytes <= 64,
  // An Ed25519 seed, alone or with its public key behind it.
  whsk: (bytes) => bytes === 32 || bytes === 64,
};

const isSecret = (text: string): boolean => {
  const [, prefix = '', encoded = ''] = /^(whsec|whsk)_(.+)$/.exec(text) ?? [];
  if (!z.base64().safeParse(encoded).success) return false;
  return sizes[prefix]?.(Buffer.from(encoded, 'base64').length) ?? false;
};

const Secret = z
  .string()
  .refine(isSecret, 'a secret is whsec_ and 24 to 64 bytes in base64, or whsk_ and an Ed25519 private key');

const isWithoutPassword = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed?.username === '' && parsed.password === '';
};

/** Where and of what a host is told. */
export const HostWebhook = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .refine(isWithoutPassword, 'a password has no place here: messages are signed')
      .describe('Where it is told.'),
    secrets: z.array(Secret).min(1).max(4).describe('Each message is signed with all of them.'),
    events: z.array(NotificationType).min(1).default(NotificationType.options).describe('Of what it is told.'),
    allowPrivate: z
      .boolean()
      .default(false)
      .describe('For a target on this machine or in a private network, which may then speak plain HTTP.'),
  })
  .refine(({ url, allowPrivate }) => allowPrivate || (url.startsWith('https:') && isOpenTarget(url)), {
    path: ['url'],
    error: 'by https and to a public address, unless allowPrivate is true',
  });
