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

export interface LinkKey {
  bytes: Uint8Array;
  /** When it came, or will come, into force: milliseconds. */
  from: number;
}

export interface LinksOptions {
  /** Of 32 random bytes each, the oldest first: the one in force signs, and those before it verify what they signed. */
  keys: readonly LinkKey[];
  /** Where the service is reached, without a trailing slash. */
  publicUrl: string;
  lifetimeSeconds: number;
  /** To whom the links that are created go. */
  holder: Holder;
  now: () => number;
}

const holders: readonly string[] = ['signatory', 'host'] satisfies Holder[];

/** How long a process may go on signing with the key before, until it is started again. */
const restartSeconds = 600;

const sign = (key: LinkKey, { signingId, file }: LinkTarget, to: string, expires: string) =>
  createHmac('sha256', key.bytes).update(`link\n${signingId}\n${file}\n${to}\n${expires}`).digest('base64url');

export const createLinks = ({ keys, publicUrl, lifetimeSeconds, holder, now }: LinksOptions): Links => {
  const inForce = () => keys.findLast(({ from }) => from <= now()) ?? keys[0]!;
  /** Whoever has come by a key that was replaced makes no links with it that end later than its own. */
  const isOfItsTime = (index: number, expires: string): boolean => {
    const next = keys[index + 1];
    return !next || Number(expires) <= next.from / 1000 + lifetimeSeconds + restartSeconds;
  };
  const isAuthentic = (
    target: LinkTarget,
    to: string,
    { expires, signature }: Record<'expires' | 'signature', string>,
  ) => keys.some((key, at) => isSame(signature, sign(key, target, to, expires)) && isOfItsTime(at, expires));
  return {
    create(target) {
      const seconds = Math.floor(now() / 1000) + lifetimeSeconds;
      const query = new URLSearchParams({
        to: holder,
        expires: String(seconds),
        signature: sign(inForce(), target, holder, String(seconds)),
      });
      const href = `${publicUrl}/v1/signings/${target.signingId}/files/${target.file}?${query.toString()}`;
      return { href, expiresAt: new Date(seconds * 1000).toISOString() };
    },
    verify(target, query) {
      const [to, expires] = [query.get('to') ?? '', query.get('expires') ?? ''];
      // Authenticity first: an altered link does not get to know whether it would have expired.
      if (!isAuthentic(target, to, { expires, signature: query.get('signature') ?? '' })) {
        throw new Problem('link-invalid');
      }
      if (now() >= Number(expires) * 1000) throw new Problem('link-expired');
      if (!holders.includes(to)) throw new Problem('link-invalid');
      return to as Holder;
    },
  };
};

/** As text: one MAC has many spellings in base64, and a link has one. */
const isSame = (given: string, expected: string): boolean => {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
};
