import type { Route } from '#http/route.ts';

/** What a verifier pins to check signatures and time-stamps of the embedded authority. */
export const getAuthority: Route = {
  method: 'get',
  path: '/v1/authority.pem',
  summary: 'Read the root certificate of the embedded authority',
  security: 'nothing',
  responses: { 200: { description: 'The root', content: { 'application/pem-certificate-chain': 'PEM' } } },
  problems: [],
  handle(context, { rootPem }) {
    context.set('access-control-allow-origin', '*');
    context.type = 'application/pem-certificate-chain';
    context.body = rootPem;
  },
};
