import type { Route } from '#http/request/route.ts';

export interface GetAuthorityDeps {
  /** Root of our signatures and time-stamps, PEM. */
  rootPem: string;
}

/** What a verifier pins to check signatures and time-stamps of the embedded authority. */
export const getAuthority: Route<GetAuthorityDeps> = {
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
