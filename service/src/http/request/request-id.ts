import { randomUUID } from 'node:crypto';
import type { Context, Middleware } from 'koa';

/** Names every request, in the answer and in the log, so that who asks and who operates speak of the same one. */
export const nameRequest: Middleware = async (context, next) => {
  context.state['requestId'] = randomUUID();
  context.set('request-id', requestIdOf(context));
  await next();
};

export const requestIdOf = ({ state }: Pick<Context, 'state'>): string => String(state['requestId']);
