import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Context, Middleware } from 'koa';
import { FakeService } from '../../widget/test/fake-service.ts';
import { createPdf } from '../../widget/test/pdf.ts';
import { samplePlacement } from '../panel/asks.ts';
import { createFiles, policyOf } from '../page/page-files.ts';
import { findReset } from './resets.ts';
import { states } from './states.ts';

const mount = '/gallery';

const scripts = Object.fromEntries(
  ['index', 'state', 'hand', 'states', 'groups'].map((name) => [`${mount}/${name}.ts`, `${name}.ts`]),
);

const files: Record<string, string> = {
  ...scripts,
  [mount]: 'index.html',
  [`${mount}/gallery.css`]: 'gallery.css',
  ...Object.fromEntries(states.map(({ name }) => [`${mount}/${name}`, 'state.html'])),
};

/** A page whose policy forgets that the element fetches fonts and character maps from where it came from. */
const forgetful = { [`${mount}/problem-page-incomplete`]: 'state.html' };

/**
 * Every state of the real element, each at an address of its own: /gallery/STATE?theme=dark&width=375&locale=en. The
 * element comes from the service; a scripted service, which answers as the token says, leads it into the state.
 */
export const createGallery = async (service: string): Promise<Middleware> => {
  const scripted = await startScripted();
  const words = { service, ...scripted.digests };
  const policy = policyOf(service, "'self'");
  const common = { from: import.meta.url, words };
  const serve = await createFiles({ ...common, files, policy });
  const without = policy.replace(`connect-src 'self' ${service}`, "connect-src 'self'");
  const serveForgetful = await createFiles({ ...common, files: forgetful, policy: without });
  return async (context, next) => {
    if (await scripted.answer(context)) return;
    const reset = await findReset(context.path);
    if (reset === undefined) await serveForgetful(context, () => serve(context, next));
    else Object.assign(context, { type: 'text/css', body: reset });
  };
};

/** The scripted service, with documents worth looking at. */
const startScripted = async () => {
  const agreement = await readFile(new URL('../agreement.pdf', import.meta.url));
  const signed = await readFile(new URL('signed.pdf', import.meta.url));
  const service = new FakeService({ base: `${mount}/service`, signed });
  const add = (pdf: Buffer, pages: number) => service.add(pdf, pages);
  const digests = {
    agreement: service.add(agreement, 3, { ...samplePlacement, page: 3 }),
    long: add(createPdf({ pages: 400 }), 400),
    incomplete: createHash('sha256')
      .update(createPdf({ pages: 2, cjk: true }))
      .digest('hex'),
    unreadable: add(Buffer.from('this is no PDF'), 1),
  };
  const answer = async (context: Context): Promise<boolean> => {
    context.respond = false;
    if (await service.answer(context.req, context.res)) return true;
    context.respond = true;
    return false;
  };
  return { digests, answer };
};
