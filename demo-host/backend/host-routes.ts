import { Router } from '@koa/router';
import type { JSONWebKeySet } from 'jose';
import { readJson } from './body.ts';
import type { Mint } from './token.ts';
import { addWebhook, type WebhookOptions } from './webhook.ts';

export interface HostOptions extends WebhookOptions {
  /** Where the page is, as browsers spell it: the only one that may use a token. */
  origin: string;
  jwks: JSONWebKeySet;
  mint: Mint;
  /** Who is to sign what: of the user who is logged in. Here the visit's name, which nobody can guess, is enough. */
  readonly requestOf: (visit: unknown) => Promise<Record<string, unknown> | undefined>;
}

/** The routes that an integrator needs: the key, the token, the webhook. */
export const createHostRoutes = ({ origin, jwks, mint, requestOf, ...webhook }: HostOptions): Router => {
  const router = new Router();

  router.get('/.well-known/jwks.json', (context) => {
    context.body = jwks;
  });

  router.post('/api/token', async (context) => {
    const { visit } = await readJson(context);
    const request = (await requestOf(visit)) ?? context.throw(404, 'there is no such visit');
    context.body = { token: await mint({ scope: 'signing', origin, ...request }) };
  });

  addWebhook(router, webhook);
  return router;
};
