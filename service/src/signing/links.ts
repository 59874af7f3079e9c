import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileName, Link } from '@tu-esign/contract';
import { Problem } from '#problem.ts';

/** What a link opens. */
export interface LinkTarget {
  signingId: string;
  file: FileName;
}

/** Creates and verifies expiring links: the address, the time it ends, and an HMAC-SHA-256 over both. */
export interface Links {
  create(target: LinkTarget): Link;
  /** @throws Problem link-invalid, link-expired */
  verify(target: LinkTarget, query: URLSearchParams): void;
}

export interface LinksOptions {
  /** 32 random bytes. */
  key: Uint8Array;
  /** Where the service is reached, without a trailing slash. */
  publicUrl: string;
  lifetimeSeconds: number;
  now: () => number;
}

export const createLinks = ({ key, publicUrl, lifetimeSeconds, now }: LinksOptions): Links => {
  const sign = ({ signingId, file }: LinkTarget, expires: string) =>
    createHmac('sha256', key).update(`link\n${signingId}\n${file}\n${expires}`).digest('base64url');
  return {
    create(target) {
      const seconds = Math.floor(now() / 1000) + lifetimeSeconds;
      const query = new URLSearchParams({
        expires: String(seconds),
        signature: sign(target, String(seconds)),
      });
      const href = `${publicUrl}/v1/signings/${target.signingId}/files/${target.file}?${query.toString()}`;
      return { href, expiresAt: new Date(seconds * 1000).toISOString() };
    },
    verify(target, query) {
      const expires = query.get('expires') ?? '';
      // As text: one MAC has many spellings in base64, and a link has one.
      const signature = Buffer.from(query.get('signature') ?? '');
      const expected = Buffer.from(sign(target, expires));
      // Authenticity first: an altered link does not get to know whether it would have expired.
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
        throw new Problem('link-invalid');
      }
      if (now() >= Number(expires) * 1000) throw new Problem('link-expired');
    },
  };
};
