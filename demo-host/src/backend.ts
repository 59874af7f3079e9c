import { Router } from '@koa/router';
import Koa from 'koa';
import type { JSONWebKeySet } from 'jose';
import { createGallery } from '../gallery/gallery.ts';
import type { Agreements, Upload } from './agreement.ts';
import { readJson } from './body.ts';
import { createFrameworkPages } from './framework-pages.ts';
import type { Notifications } from './notifications.ts';
import { createPageFiles } from './page-files.ts';
import { createPanelRoutes } from './panel-routes.ts';
import type { Mint } from './token.ts';
import type { Visits } from './visits.ts';
import { addWebhook } from './webhook.ts';

export interface BackendOptions {
  /** Where the page is, as browsers spell it: the only one that may use a token. */
  origin: string;
  /** Address of the service. */
  service: string;
  /** Who signs, for the panel. */
  provider: string;
  jwks: JSONWebKeySet;
  mint: Mint;
  upload: Upload;
  visits: Visits;
  notifications: Notifications;
  /** What the service signs its notifications with. */
  webhookSecret: string;
  agreements: Agreements;
}

/** The host's back end: the routes an integrator needs, the page, and what the developer's panel asks. */
export const createBackend = async (options: BackendOptions): Promise<Koa> => {
  const app = new Koa();
  app.use(await createPageFiles(options));
  app.use(await createGallery(options.service));
  app.use(await createFrameworkPages(options.service));
  app.use(createHostRoutes(options).routes());
  app.use(createPanelRoutes(options).routes());
  return app;
};

const createHostRoutes = (options: BackendOptions): Router => {
  const { origin, jwks, mint, visits } = options;
  const router = new Router();

  router.get('/.well-known/jwks.json', (context) => {
    context.body = jwks;
  });

  // A real host looks the visit up for whoever is logged in; here its name, which nobody can guess, is enough.
  router.post('/api/token', async (context) => {
    const { visit } = await readJson(context);
    const found = (await visits.find(visit)) ?? context.throw(404, 'there is no such visit');
    const { identifier, signatory, sequence } = found;
    const { placement, ...document } = found.agreement;
    // The agreement has one place of its own; who signs after gets a free spot.
    const place = placement && sequence.position === 1 ? { placement } : {};
    const request = { identifier, document, signatory, sequence, ...place };
    context.body = { token: await mint({ scope: 'signing', origin, ...request }) };
  });

  addWebhook(router, options);

  return router;
};
