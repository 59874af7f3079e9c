import {
  Consent,
  Making,
  SigningView,
  Strokes,
  ViewedPages,
  type Place,
  type ProblemType,
  type SigningToken,
} from '@tu-esign/contract';
import { z } from 'zod';
import type { Room } from '#files/room.ts';
import type { ReadAutograph } from '#autograph/reader.ts';
import type { Admission } from '#http/limits/admission.ts';
import { bearerProblems, requireSigningToken, type BearerDeps } from '#http/request/bearer.ts';
import { bodyBytes, countAsItComes } from '#http/request/body.ts';
import { clientOf } from '#http/request/client.ts';
import { requireDocumentToSign, sequenceProblems } from '#http/request/document-to-sign.ts';
import { readMultipart } from '#http/request/multipart.ts';
import { placeProblems, type PlacesOf } from '#http/request/places.ts';
import { insertOrFind } from '#http/request/own-signing.ts';
import type { Context, Route } from '#http/request/route.ts';
import { Problem, toFaults } from '#problem.ts';
import type { KeptInk, SigningStore } from '#records/signing-store.ts';
import type { ViewOf } from '#records/views.ts';
import { acceptSigning, requireSamePost, type Made, type Post, type PostedInk, type Viewed } from '#signing/accept.ts';
import { requireAnswers } from '#signing/consent.ts';
import { policyOf } from '#signing/request.ts';

export interface PostSigningDeps extends BearerDeps {
  store: SigningStore;
  admission: Pick<Admission, 'limitHost' | 'countTry' | 'bodies' | 'requireShortBacklog'>;
  readAutograph: ReadAutograph;
  room: Pick<Room, 'require'>;
  readonly viewOf: ViewOf;
  readonly placesOf: PlacesOf;
  limits: { autographBytes: number; autographPixels: number };
  readonly now: () => Date;
  /** Tells the jobs that a signing is due. */
  readonly wake: (work: 'advance', id: string) => void;
}

/** JSON of strokes is larger than the picture: 1,000 points take about 30 KB. */
const fieldBytes = 2 * 1024 * 1024;

const Body = z.strictObject({
  autograph: z.any().meta({ type: 'string', format: 'binary', description: 'PNG' }),
  strokes: Strokes.optional().meta({ description: 'Of a drawn autograph.' }),
  making: Making.optional().meta({ description: 'Of one that was not drawn.' }),
  initials: z.any().optional().meta({
    type: 'string',
    format: 'binary',
    description: 'PNG. Required where the request has places for initials.',
  }),
  initialsStrokes: Strokes.optional().meta({ description: 'Of drawn initials.' }),
  initialsMaking: Making.optional().meta({ description: 'Of initials that were not drawn.' }),
  consent: Consent,
  viewed: ViewedPages.optional().meta({ description: 'Required where the host wants every page to be read.' }),
});

/** The signatory signs: the act is accepted once, and carried out from then on. */
export const postSigning: Route<PostSigningDeps> = {
  method: 'post',
  path: '/v1/signings',
  summary: 'Sign: autograph and consent',
  security: 'signing token',
  request: { 'multipart/form-data': Body },
  responses: {
    200: {
      description: 'The same was posted before',
      content: { 'application/json': SigningView },
      location: 'Where it is read',
    },
    202: {
      description: 'Accepted, and kept',
      content: { 'application/json': SigningView },
      location: 'Where it is read',
    },
  },
  problems: [
    ...bearerProblems,
    'token-replayed',
    'document-not-found',
    'document-not-shown',
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
    'initials-missing',
    'pages-unread',
    'consent-missing',
    'consent-unknown',
    'consents-missing',
    ...placeProblems,
    ...sequenceProblems,
    'overloaded',
    'storage-full',
  ],
  async handle(context, deps) {
    const verified = await requireSigningToken(context, deps);
    const { host, token } = verified;
    const agreement = await deps.store.findDocument(host.id, token.document.digest);
    if (!agreement) throw new Problem('document-not-found');
    const { input, document: { pages = agreement.pages } = {} } = await requireDocumentToSign(verified, deps);
    await deps.admission.requireShortBacklog();
    const places = await deps.placesOf(verified, { agreement, input });
    const bytes = bodyBytes(context.req, 2 * deps.limits.autographBytes + fieldBytes);
    // Also for the document, once it is signed.
    await deps.room.require('signing', bytes + agreement.bytes);
    const body = deps.admission.bodies.hold(host.id);
    deps.admission.countTry(`${host.id} ${token.jti}`);
    // What a post may have is little, so that none is refused half-way.
    countAsItComes(context.req, body.add);
    const demands = { ...policyOf(token), pages, places, token };
    const post = await readPost(context, deps, demands).finally(() => body.release());
    const visit = { host: host.id, hostName: host.name, token, input, findings: agreement.findings };
    const { signing, observations } = acceptSigning(visit, post, deps.now().getTime());
    const seen = { kind: 'received-from', data: { ...clientOf(context) } } as const;
    const added = {
      signing,
      observations: [...observations, seen],
      autograph: { ...toKept(post), ...(post.initials && { initials: toKept(post.initials) }) },
      mustBeShown: true,
    };
    const existing = await insertOrFind(added, verified, deps);
    if (!existing) deps.wake('advance', signing.id);
    const kept = existing ? requireSamePost(existing, signing) : signing;
    context.status = existing ? 200 : 202;
    context.set('location', `/v1/signings/${kept.id}`);
    context.body = await deps.viewOf(kept);
  },
};

/** What the signing request demands of a post. */
interface Demands extends ReturnType<typeof policyOf> {
  /** How many pages the document has. */
  pages: number;
  places: readonly Place[];
  token: SigningToken;
}

const readPost = async (context: Context, deps: PostSigningDeps, demands: Demands): Promise<Post> => {
  const { limits, readAutograph } = deps;
  const fileLimit = { fileBytes: limits.autographBytes, tooLarge: 'autograph-too-large' } as const;
  const { files, fields } = await readMultipart(context, ['autograph', 'initials'], { ...fileLimit, fieldBytes });
  const { autograph: file, initials: small } = files;
  if (!file) throw new Problem('autograph-missing');
  const made = readMade(fields);
  requireInitials(small, demands);
  const madeInitials = small && readMade({ strokes: fields['initialsStrokes'], making: fields['initialsMaking'] });
  for (const { method } of [made, ...(madeInitials ? [madeInitials] : [])])
    if (!demands.autographs.includes(method)) throw new Problem('autograph-method');
  if (fields['consent'] === undefined) throw new Problem('consent-missing');
  const consent = parse(fields['consent'], { part: 'consent', schema: Consent, problem: 'consent-missing' });
  requireAnswers(demands.token, consent);
  const most = { bytes: limits.autographBytes, pixels: limits.autographPixels };
  const viewed = readViewed(fields['viewed'], demands);
  const autograph = await readAutograph(file, most);
  const initials = madeInitials && { png: small, autograph: await readAutograph(small, most), made: madeInitials };
  return { png: file, autograph, made, initials, consent, viewed };
};

const toKept = ({ png, autograph: { png: placed, width, height }, made }: PostedInk): KeptInk => ({
  png,
  placed,
  width,
  height,
  made: made.json,
});

/** Initials are posted where they have places, and nowhere else. */
const requireInitials = (file: Buffer | undefined, { places }: Demands): void => {
  const hasPlaces = places.some(({ kind }) => kind === 'initials');
  if (hasPlaces && !file) throw new Problem('initials-missing');
  if (!hasPlaces && file) throw new Problem('body-malformed', 'The document has no places for initials');
};

/** The pages that the element showed; undefined where the host does not demand them and the element tells none. */
const readViewed = (text: string | undefined, { readAllPages, pages, places }: Demands): Viewed | undefined => {
  const part = { part: 'viewed', schema: ViewedPages, problem: 'body-malformed' } as const;
  const viewed = text === undefined ? [] : parse(text, part);
  if (viewed.some((page) => page > pages)) throw new Problem('body-malformed', 'viewed');
  if (readAllPages && viewed.length < pages) throw new Problem('pages-unread');
  return text === undefined ? undefined : { viewed, pages, places };
};

/** How the autograph was made: strokes where it was drawn, and `making` where it was not. */
const readMade = ({ strokes, making }: Record<string, string | undefined>): Made => {
  if (making === undefined) {
    if (strokes === undefined) throw new Problem('strokes-invalid');
    parse(strokes, { part: 'strokes', schema: Strokes, problem: 'strokes-invalid' });
    return { method: 'draw', json: strokes };
  }
  const made = parse(making, { part: 'making', schema: Making, problem: 'making-invalid' });
  if (strokes !== undefined) throw new Problem('making-invalid');
  return { method: made.method, json: making };
};

interface Part<Schema> {
  part: string;
  schema: Schema;
  /** What a part that is not in its form is refused as. */
  problem: ProblemType;
}

const parse = <Schema extends z.ZodType>(text: string, { part, schema, problem }: Part<Schema>): z.infer<Schema> => {
  const { success, data, error } = schema.safeParse(parseJson(text, part, problem));
  if (success) return data;
  const issues = error.issues.map((issue) => Object.assign(issue, { path: [part, ...issue.path] }));
  throw new Problem(problem, undefined, { errors: toFaults(issues).slice(0, mostFaults) });
};

/** Thousands of points may be wrong at once. */
const mostFaults = 20;

const parseJson = (text: string, part: string, problem: ProblemType): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(problem, undefined, { errors: [{ pointer: `#/${part}`, detail: `${part}: no JSON` }] });
  }
};
