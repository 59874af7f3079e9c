import { Digest, FileName, problems, ProblemDetails, type ProblemType } from '@tu-esign/contract';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiMediaTypeObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import type { Content, RouteDescription } from '#http/request/route.ts';
import { openResponses } from './openapi-open.ts';
import { webhooks } from './openapi-webhooks.ts';
import { operatorRoutes, routes } from './routes.ts';

/** OpenAPI 3.1 of the routes. For the generator alone: the service itself answers with the committed file. */
export const createOpenapi = (version: string): object => openResponses(create(version));

const create = (version: string) =>
  createDocument({
    openapi: '3.1.0',
    info: {
      title: 'tu-esign',
      version,
      description: growing,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        hostToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        operatorKey: { type: 'http', scheme: 'bearer' },
      },
    },
    paths: toPaths(),
    webhooks,
  });

const growing =
  'Answers and notifications grow: new members come, and new values of what is enumerated. Pass over members that you do ' +
  'not know, and take a value that you do not know for one that you have no rule for. What is sent to the service is taken ' +
  'to the letter: a member that it does not know is refused.';

const toPaths = (): ZodOpenApiPathsObject => {
  const paths: ZodOpenApiPathsObject = {};
  const all: Record<string, RouteDescription> = { ...routes, ...operatorRoutes };
  for (const [operationId, route] of Object.entries(all)) {
    const path = route.path.replaceAll(/[:*](\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: { operationId, ...toOperation(route) } };
  }
  return paths;
};

const toOperation = (route: RouteDescription): ZodOpenApiOperationObject => ({
  summary: route.summary,
  security: toSecurity(route.security),
  requestParams: toParameters(route),
  ...(route.request && { requestBody: { required: true, content: toRequest(route.request) } }),
  responses: { ...toAnswers(route), ...toProblems(route) },
});

const toSecurity = (security: RouteDescription['security']) => {
  if (security === 'operator key') return [{ operatorKey: [] }];
  return security.endsWith('token') ? [{ hostToken: [] }] : [];
};

/** What is in addresses, by its name. */
const inPath: Record<string, z.ZodType> = {
  digest: Digest,
  id: z.uuid(),
  file: FileName,
  identifier: z.string().min(1).max(128),
  issuer: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .meta({ description: 'Identifier of the issuer’s key, in hexadecimal digits.' }),
  question: z.string().meta({ description: 'OCSPRequest, as Base64 that is escaped for an address.' }),
};

const linkParameters = z.object({
  to: z.string(),
  expires: z.string().meta({ description: 'Seconds since the epoch.' }),
  signature: z.string(),
});

const toParameters = ({ path, security, query }: RouteDescription) => {
  const names = [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => name!);
  const own = z.object(Object.fromEntries(names.map((name) => [name, inPath[name]!])));
  const inQuery = security === 'link' ? linkParameters : query;
  return { ...(names.length && { path: own }), ...(inQuery && { query: inQuery }) };
};

/** Objects among the parts of a form are JSON. */
const toRequest = (content: Content): Record<string, ZodOpenApiMediaTypeObject> =>
  Object.fromEntries(
    Object.entries(toContent(content)).map(([type, media]) => {
      const body = content[type];
      if (type !== 'multipart/form-data' || !(body instanceof z.ZodObject)) return [type, media];
      const parts = Object.entries(body.shape).filter(([, part]) => isObject(part));
      return [type, { ...media, encoding: Object.fromEntries(parts.map(([name]) => [name, asJson])) }];
    }),
  );

const asJson = { contentType: 'application/json' };

const isObject = (part: unknown): boolean => {
  const inner = part instanceof z.ZodOptional ? part.unwrap() : part;
  return [z.ZodObject, z.ZodArray, z.ZodUnion].some((kind) => inner instanceof kind);
};

const toContent = (content: Content) =>
  Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      { schema: typeof schema === 'string' ? { type: 'string' as const, description: schema } : schema },
    ]),
  );

const toAnswers = ({ responses }: RouteDescription) =>
  Object.fromEntries(
    Object.entries(responses).map(([status, { description, content, location }]) => [
      status,
      {
        description,
        ...(location && { headers: { location: { description: location, schema: { type: 'string' as const } } } }),
        ...(content && { content: toContent(content) }),
      },
    ]),
  );

/** Problems by status, named in the description. */
const toProblems = (route: RouteDescription) => {
  const byStatus = Map.groupBy(problemsOf(route), (type) => problems[type].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sameStatus]) => [
      String(status),
      {
        description: sameStatus.join(', '),
        ...retryAfter(sameStatus),
        content: { 'application/problem+json': { schema: ProblemDetails } },
      },
    ]),
  );
};

/** What any address may answer: all are limited by who asks, but for questions after health. */
const problemsOf = ({ path, problems: own }: RouteDescription): ProblemType[] => {
  const ofAll: ProblemType[] = path.startsWith('/health/') ? ['internal'] : ['rate-limited', 'internal'];
  return [...new Set([...own, ...ofAll])];
};

/** Where the same may succeed later, the answer may say when. */
const retryAfter = (types: readonly ProblemType[]) => {
  const header = { description: 'Seconds until it is worth trying again', schema: { type: 'integer' as const } };
  return types.some((type) => problems[type].retryable) ? { headers: { 'retry-after': header } } : {};
};
