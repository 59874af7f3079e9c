import { Consent, Making, SigningView, Strokes, ViewedPages } from '@tu-esign/contract';
import { z } from 'zod';
import { Problem } from '#problem.ts';
import { acceptSigning, requireSamePost, type Made, type Post, type Viewed } from '#signing/accept.ts';
import { policyOf } from '#signing/policy.ts';
import { bearerProblems, requireSigningToken } from '#http/bearer.ts';
import { bodyBytes } from '#http/limits/body.ts';
import { clientOf } from '#http/client.ts';
import { insertOnce } from './insert-once.ts';
import { readMultipart } from '#http/limits/multipart.ts';
import type { Context, Route } from '#http/route.ts';
import type { Services } from '#http/services.ts';
import { requireTurn, turnProblems } from '#http/turn.ts';

/** JSON of strokes is larger than the picture: 1,000 points take about 30 KB. */
const fieldBytes = 2 * 1024 * 1024;

const Body = z.strictObject({
  autograph: z.any().meta({ type: 'string', format: 'binary', description: 'PNG' }),
  strokes: Strokes.optional().meta({ description: 'Of a drawn autograph.' }),
  making: Making.optional().meta({ description: 'Of one that was not drawn.' }),
  consent: Consent,
  viewed: ViewedPages.optional().meta({ description: 'Required where the host wants every page to be read.' }),
});

/** The signatory signs: the act is accepted once, and carried out from then on. */
export const postSigning: Route = {
  method: 'post',
  path: '/v1/signings',
  summary: 'Sign: autograph and consent',
  security: 'signing token',
  request: { 'multipart/form-data': Body },
  responses: {
    200: { description: 'The same was posted before', content: { 'application/json': SigningView } },
    202: { description: 'Accepted, and kept', content: { 'application/json': SigningView } },
  },
  problems: [
    ...bearerProblems,
    'token-replayed',
    'document-not-found',
    'media-type-unsupported',
    'body-malformed',
    'body-too-large',
    'autograph-missing',
    'autograph-too-large',
    'autograph-not-png',
    'autograph-too-many-pixels',
    'autograph-empty',
    'strokes-invalid',
    'making-invalid',
    'autograph-method',
    'pages-unread',
    'consent-missing',
    'consent-unknown',
    ...turnProblems,
    'overloaded',
  ],
  async handle(context, services) {
    const verified = await requireSigningToken(context, services);
    const { host, token } = verified;
    const agreement = await services.store.findDocument(host.id, token.document.digest);
    if (!agreement) throw new Problem('document-not-found');
    const { given, document: { pages = agreement.pages } = {} } = await requireTurn(verified, services);
    await services.intake.requireRoom();
    const bytes = bodyBytes(context.req, services.limits.autographBytes + fieldBytes);
    const post = await services.intake.bodies.during(bytes, () => {
      services.intake.countTry(`${host.id} ${token.jti}`);
      return readPost(context, services, { ...policyOf(token), pages });
    });
    const { signing, observations } = acceptSigning({ host: host.id, token, given }, post, services.now().getTime());
    const { png, autograph, made } = post;
    const { png: placed, width, height } = autograph;
    const seen = { kind: 'received-from', data: { ...clientOf(context) } } as const;
    const added = {
      signing,
      observations: [...observations, seen],
      autograph: { png, placed, width, height, made: made.json },
    };
    const existing = await insertOnce(added, verified, services);
    if (!existing) services.wake('advance', signing.id);
    const kept = existing ? requireSamePost(existing, signing) : signing;
    context.status = existing ? 200 : 202;
    context.set('location', `/v1/signings/${kept.id}`);
    context.body = await services.viewOf(kept);
  },
};

/** What is demanded of a post. */
interface Demands extends ReturnType<typeof policyOf> {
  /** How many the document has. */
  pages: number;
}

const readPost = async (context: Context, services: Services, demands: Demands): Promise<Post> => {
  const { limits, readAutograph } = services;
  const fileLimit = { fileBytes: limits.autographBytes, tooLarge: 'autograph-too-large' } as const;
  const { file, fields } = await readMultipart(context, 'autograph', { ...fileLimit, fieldBytes });
  if (!file) throw new Problem('autograph-missing');
  const made = readMade(fields);
  if (!demands.autographs.includes(made.method)) throw new Problem('autograph-method');
  const consent = fields['consent'] === undefined ? undefined : parse(Consent, fields['consent']);
  if (!consent) throw new Problem('consent-missing');
  const autograph = await readAutograph(file, { bytes: limits.autographBytes, pixels: limits.autographPixels });
  return { png: file, autograph, made, consent, viewed: readViewed(fields['viewed'], demands) };
};

/** Undefined where the element does not tell and need not. */
const readViewed = (text: string | undefined, { readAllPages, pages }: Demands): Viewed | undefined => {
  const viewed = text === undefined ? [] : parse(ViewedPages, text);
  if (!viewed || viewed.some((page) => page > pages)) throw new Problem('body-malformed', 'viewed');
  if (readAllPages && viewed.length < pages) throw new Problem('pages-unread');
  return text === undefined ? undefined : { viewed, pages };
};

/** One of the two: what was drawn has strokes, and nothing else has. */
const readMade = ({ strokes, making }: Record<string, string | undefined>): Made => {
  if (making === undefined) {
    if (strokes === undefined || !parse(Strokes, strokes)) throw new Problem('strokes-invalid');
    return { method: 'draw', json: strokes };
  }
  const made = parse(Making, making);
  if (!made || strokes !== undefined) throw new Problem('making-invalid');
  return { method: made.method, json: making };
};

const parse = <Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
