import { Router } from '@koa/router';
import type { Route } from '#http/request/route.ts';

/** Has each route answer at its address; all are given the same, and each sees what it says it needs. */
export const createRouter = <Deps>(routes: Readonly<Record<string, Route<Deps>>>, deps: Deps): Router => {
  const router = new Router();
  for (const route of Object.values(routes)) {
    router[route.method](route.path, async (context) => {
      context.state['route'] = route.path;
      await route.handle(context, deps);
    });
  }
  return router;
};
