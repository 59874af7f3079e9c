import { Router } from '@koa/router';
import type { JSONWebKeySet } from 'jose';
import { readJson } from './body.ts';
import type { Notifications } from './notifications.ts';
import type { Mint } from './token.ts';
import type { Visits } from './visits.ts';
import { addWebhook } from './webhook.ts';

export interface HostOptions {
  /** Where the page is, as browsers spell it: the only one that may use a token. */
  origin: string;
  jwks: JSONWebKeySet;
  mint: Mint;
  visits: Visits;
  notifications: Notifications;
  /** What the service signs its notifications with. */
  webhookSecret: string;
}

/** The routes that an integrator needs: the key, the token, the webhook. */
export const createHostRoutes = (options: HostOptions): Router => {
  const { origin, jwks, mint, visits } = options;
  const router = new Router();

  router.get('/.well-known/jwks.json', (context) => {
    context.body = jwks;
  });

  // A real host looks up the visit of the user who is logged in; here the visit's name, which nobody can guess, is
  // enough.
  router.post('/api/token', async (context) => {
    const { visit } = await readJson(context);
    const found = (await visits.find(visit)) ?? context.throw(404, 'there is no such visit');
    const { identifier, signatory, sequence } = found;
    const { placement, ...document } = found.agreement;
    // The agreement has a place for the first signature only; the service finds free space for the others.
    const place = placement && sequence.position === 1 ? { placement } : {};
    const request = { identifier, document, signatory, sequence, ...place };
    context.body = { token: await mint({ scope: 'signing', origin, ...request }) };
  });

  addWebhook(router, options);

  return router;
};
