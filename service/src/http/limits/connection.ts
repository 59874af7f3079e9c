import type { Context, Middleware } from 'koa';

/** How long the rest of a body is thrown away after it was refused, in milliseconds. */
const lingerMs = 1_000;

/** Closes connections that are not to be used again: all of a service that stops, and those of bodies refused half-way. */
export const createConnectionRules =
  (draining: AbortSignal): Middleware =>
  async (context, next) => {
    await next();
    if (draining.aborted) context.set('connection', 'close');
    if (!context.req.complete) closeAfterAnswer(context);
  };

/**
 * Many clients read the answer only once they have sent all they can, and a connection that is cut at once
 * takes the answer with it (RFC 9112, 9.6): so the rest is read for a moment, and kept nowhere.
 */
const closeAfterAnswer = ({ req, res }: Context): void => {
  const { socket } = res;
  res.once('finish', () => {
    const closing = setTimeout(() => socket?.destroy(), lingerMs);
    // Both are taken back by whichever comes first: a connection that is used on would collect them.
    const cancel = () => {
      clearTimeout(closing);
      req.off('end', cancel);
      socket?.off('close', cancel);
    };
    req.once('end', cancel);
    socket?.once('close', cancel);
    req.resume();
  });
};
