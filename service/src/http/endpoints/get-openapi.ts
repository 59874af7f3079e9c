import { readFile } from 'node:fs/promises';
import type { Route } from '#http/request/route.ts';

const file = new URL(import.meta.resolve('@tu-esign/contract/openapi.json'));

/** This description; generated from the routes, committed, and compared in CI. */
export const getOpenapi: Route<object> = {
  method: 'get',
  path: '/openapi.json',
  summary: 'Read this description',
  security: 'nothing',
  responses: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': 'OpenAPI 3.1' } } },
  problems: [],
  async handle(context) {
    context.set('access-control-allow-origin', '*');
    context.type = 'application/json';
    context.body = await readFile(file);
  },
};
