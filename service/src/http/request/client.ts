import type { Context } from './route.ts';

/** Where a request came from, as it is written into evidence. */
export interface Client {
  /** IP address; behind proxies as the trusted ones tell it. */
  address: string;
  /** What the browser calls itself: its own claim. */
  userAgent: string;
}

const longestAgent = 256;

export const clientOf = (context: Context): Client => ({
  address: context.ip,
  userAgent: context.get('user-agent').slice(0, longestAgent),
});
