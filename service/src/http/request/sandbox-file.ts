import type { Context } from './route.ts';

/** What a file holds is somebody's: opened in a browser, it may run nothing, and is of no origin. */
export const sandboxFile = (context: Context): void =>
  context.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox");
