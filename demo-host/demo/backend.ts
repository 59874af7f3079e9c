import Koa from 'koa';
import type { Agreements, Upload } from '../backend/agreement.ts';
import { createHostRoutes, type HostOptions } from '../backend/host-routes.ts';
import { createGallery } from '../gallery/gallery.ts';
import { createFrameworkPages } from '../page/framework-pages.ts';
import { createPageFiles } from '../page/page-files.ts';
import { createPanelRoutes } from '../panel/panel-routes.ts';

export interface BackendOptions extends HostOptions {
  /** Address of the service. */
  service: string;
  /** Who signs, for the panel. */
  provider: string;
  upload: Upload;
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
