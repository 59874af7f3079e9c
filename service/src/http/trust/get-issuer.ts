import { Problem } from '#problem.ts';
import type { Route } from '#http/request/route.ts';
import { publish } from './publish.ts';

export interface GetIssuerDeps {
  publication: { certificateOf(issuer: string): Uint8Array | undefined };
}

/** Where certificates say that their issuer's is (RFC 5280, 4.2.2.1). */
export const getIssuer: Route<GetIssuerDeps> = {
  method: 'get',
  path: '/v1/authorities/:issuer.cer',
  summary: 'Read a certificate of the embedded authority that has issued others',
  security: 'nothing',
  responses: { 200: { description: 'The certificate', content: { 'application/pkix-cert': 'DER' } } },
  problems: ['not-found'],
  handle(context, { publication }) {
    const certificate = publication.certificateOf(context.params['issuer'] ?? '');
    if (!certificate) throw new Problem('not-found');
    publish(context, 'application/pkix-cert', certificate);
  },
};
