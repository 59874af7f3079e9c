import { createHash } from 'node:crypto';
import type { Context } from '#http/request/route.ts';

/** How long something is the same. */
export interface Kept {
  thisUpdate: Date;
  nextUpdate: Date;
}

/** Whoever keeps a copy hears of a revocation within an hour. */
const maxAgeSeconds = 3_600;

/** Anybody may read it, from any page. */
export const publish = (context: Context, type: string, body: Uint8Array): void => {
  context.set('access-control-allow-origin', '*');
  context.type = type;
  context.body = Buffer.from(body);
};

/** Anybody may keep it for a while (RFC 5019, 6.2). */
export const publishKept = (context: Context, { thisUpdate, nextUpdate }: Kept): void => {
  const body = context.body as Buffer;
  context.set('cache-control', `max-age=${maxAgeSeconds}, public, no-transform, must-revalidate`);
  context.set('etag', `"${createHash('sha1').update(body).digest('hex')}"`);
  context.set('last-modified', thisUpdate.toUTCString());
  context.set('expires', nextUpdate.toUTCString());
};
