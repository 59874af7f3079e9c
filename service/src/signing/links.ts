import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FileName, Link } from '@tu-esign/contract';
import { Problem } from '#problem.ts';

/** To whom a link was given. */
export type Holder = 'signatory' | 'host';

/** What a link opens. */
export interface LinkTarget {
  signingId: string;
  file: FileName;
}

/** Creates and verifies expiring links: the address, its holder, the time it ends, and an HMAC-SHA-256 over all. */
export interface Links {
  create(target: LinkTarget): Link;
  /**
   * @returns who was given the link
   * @throws Problem link-invalid, link-expired
   */
  verify(target: LinkTarget, query: URLSearchParams): Holder;
}

export interface LinksOptions {
  /** 32 random bytes. */
  key: Uint8Array;
  /** Where the service is reached, without a trailing slash. */
  publicUrl: string;
  lifetimeSeconds: number;
  /** To whom the links that are created go. */
  holder: Holder;
  now: () => number;
}

const holders: readonly string[] = ['signatory', 'host'] satisfies Holder[];

export const createLinks = ({ key, publicUrl, lifetimeSeconds, holder, now }: LinksOptions): Links => {
  const sign = ({ signingId, file }: LinkTarget, to: string, expires: string) =>
    createHmac('sha256', key).update(`link\n${signingId}\n${file}\n${to}\n${expires}`).digest('base64url');
  return {
    create(target) {
      const seconds = Math.floor(now() / 1000) + lifetimeSeconds;
      const query = new URLSearchParams({
        to: holder,
        expires: String(seconds),
        signature: sign(target, holder, String(seconds)),
      });
      const href = `${publicUrl}/v1/signings/${target.signingId}/files/${target.file}?${query.toString()}`;
      return { href, expiresAt: new Date(seconds * 1000).toISOString() };
    },
    verify(target, query) {
      const [to, expires] = [query.get('to') ?? '', query.get('expires') ?? ''];
      // As text: one MAC has many spellings in base64, and a link has one.
      const signature = Buffer.from(query.get('signature') ?? '');
      const expected = Buffer.from(sign(target, to, expires));
      // Authenticity first: an altered link does not get to know whether it would have expired.
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
        throw new Problem('link-invalid');
      }
      if (now() >= Number(expires) * 1000) throw new Problem('link-expired');
      if (!holders.includes(to)) throw new Problem('link-invalid');
      return to as Holder;
    },
  };
};
