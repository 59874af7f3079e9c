import { problems, ProblemDetails, type ProblemType } from '@tu-esign/contract';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { Content, RouteDescription } from '#http/request/route.ts';
import { webhooks } from './openapi-webhooks.ts';
import { operatorRoutes, routes } from './routes.ts';

/** OpenAPI 3.1 of the routes. For the generator alone: the service itself answers with the committed file. */
export const createOpenapi = (version: string): object =>
  createDocument({
    openapi: '3.1.0',
    info: { title: 'tu-esign', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    components: {
      securitySchemes: {
        hostToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        operatorKey: { type: 'http', scheme: 'bearer' },
      },
    },
    paths: toPaths(),
    webhooks,
  });

const toPaths = (): ZodOpenApiPathsObject => {
  const paths: ZodOpenApiPathsObject = {};
  const all: RouteDescription[] = [...routes, ...operatorRoutes];
  for (const route of all) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: toOperation(route) };
  }
  return paths;
};

const toOperation = (route: RouteDescription): ZodOpenApiOperationObject => ({
  summary: route.summary,
  security: toSecurity(route.security),
  parameters: toParameters(route),
  ...(route.query && { requestParams: { query: route.query } }),
  ...(route.request && { requestBody: { required: true, content: toContent(route.request) } }),
  responses: { ...toAnswers(route), ...toProblems(route.problems) },
});

const toSecurity = (security: RouteDescription['security']) => {
  if (security === 'operator key') return [{ operatorKey: [] }];
  return security.endsWith('token') ? [{ hostToken: [] }] : [];
};

const toParameters = ({ path, security }: RouteDescription) => {
  const string = { type: 'string' } as const;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name: name!,
    in: 'path' as const,
    required: true,
    schema: string,
  }));
  const names = security === 'link' ? ['to', 'expires', 'signature'] : [];
  return [...inPath, ...names.map((name) => ({ name, in: 'query' as const, required: true, schema: string }))];
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
    Object.entries(responses).map(([status, { description, content }]) => [
      status,
      { description, ...(content && { content: toContent(content) }) },
    ]),
  );

/** Problems by status, named in the description. */
const toProblems = (types: readonly ProblemType[]) => {
  const byStatus = Map.groupBy([...types, 'internal' as const], (type) => problems[type].status);
  return Object.fromEntries(
    [...byStatus].map(([status, sameStatus]) => [
      String(status),
      { description: sameStatus.join(', '), content: { 'application/problem+json': { schema: ProblemDetails } } },
    ]),
  );
};
