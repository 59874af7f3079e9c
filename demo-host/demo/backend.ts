import Koa from 'koa';
import { createHostRoutes, type HostOptions } from '../backend/host-routes.ts';
import { createGallery } from '../gallery/gallery.ts';
import { createDocumentation } from '../page/documentation.ts';
import { createFrameworkPages } from '../page/framework-pages.ts';
import { createPageFiles } from '../page/page-files.ts';
import { createTryService } from '../page/try-service.ts';
import { createPanelRoutes, type PanelOptions } from '../panel/panel-routes.ts';
import { toRequest } from '../panel/visits.ts';

export interface BackendOptions extends PanelOptions, Omit<HostOptions, 'requestOf' | 'keep' | 'markComplete'> {
  /** Address of the service. */
  service: string;
  /** Who signs, for the panel. */
  provider: string;
}

/** The host's back end: the routes an integrator needs, the page, and what the developer's panel asks. */
export const createBackend = async (options: BackendOptions): Promise<Koa> => {
  const app = new Koa();
  app.use(await createPageFiles(options));
  app.use(await createGallery(options.service));
  app.use(await createFrameworkPages(options.service));
  app.use(createTryService(options.service));
  app.use(await createDocumentation());
  const { visits, notifications, contracts } = options;
  const requestOf = async (id: unknown) => {
    const visit = await visits.find(id);
    return visit && toRequest(visit);
  };
  const host = {
    ...options,
    requestOf,
    keep: (id: string, body: unknown) => notifications.keep(id, body),
    markComplete: (identifier: string) => contracts.markComplete(identifier),
  };
  app.use(createHostRoutes(host).routes());
  app.use(createPanelRoutes(options).routes());
  return app;
};
