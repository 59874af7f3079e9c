import { Problem } from '#problem.ts';
import type { Route } from '#http/request/route.ts';
import { publish, publishKept, type Kept } from './publish.ts';

export interface GetCertificateListDeps {
  publication: { listOf(issuer: string): Promise<(Kept & { der: Uint8Array }) | undefined> };
}

/** Which certificates of an issuer are revoked (RFC 5280, 5). */
export const getCertificateList: Route<GetCertificateListDeps> = {
  method: 'get',
  path: '/v1/authorities/:issuer.crl',
  summary: 'Read the list of an issuer’s revoked certificates',
  security: 'nothing',
  responses: { 200: { description: 'The list', content: { 'application/pkix-crl': 'DER' } } },
  problems: ['not-found', 'storage-unavailable'],
  async handle(context, { publication }) {
    const list = await publication.listOf(context.params['issuer'] ?? '');
    if (!list) throw new Problem('not-found');
    publish(context, 'application/pkix-crl', list.der);
    publishKept(context, list);
  },
};
