import {
  line,
  SigningList,
  SigningStatus,
  type AgreementSummary,
  type AgreementView,
  type SigningView,
} from '@tu-esign/contract';
import { z } from 'zod';
import { bearerProblems, requireSigningsToken, type BearerDeps } from '#http/request/bearer.ts';
import { cursorOf, Cursor, toPage } from '#http/request/page.ts';
import { Limit, readQuery } from '#http/request/query.ts';
import type { Route } from '#http/request/route.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { AgreementViewOf, ViewOf } from '#records/views.ts';

export interface GetSigningsDeps extends BearerDeps {
  store: Pick<SigningStore, 'list'>;
  readonly hostViewOf: ViewOf;
  readonly agreementViewOf: AgreementViewOf;
}

const Time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const Query = z.strictObject({
  identifier: line(128).optional(),
  status: SigningStatus.optional(),
  updatedFrom: Time.optional().meta({ description: 'Changed then or later (RFC 3339).' }),
  updatedBefore: Time.optional().meta({ description: 'Changed before then.' }),
  limit: Limit,
  cursor: Cursor.optional(),
});

/** A back end that has missed a notification asks, and one that wants to know of all looks at what has changed. */
export const getSignings: Route<GetSigningsDeps> = {
  method: 'get',
  path: '/v1/signings',
  summary: 'List a host’s signings, the one that changed longest ago first, server to server',
  security: 'signings token',
  query: Query,
  responses: { 200: { description: 'The signings', content: { 'application/json': SigningList } } },
  problems: [...bearerProblems, 'query-malformed'],
  async handle(context, deps) {
    const { host } = await requireSigningsToken(context, deps);
    const { identifier, status, updatedFrom, updatedBefore, limit, cursor } = readQuery(context, Query);
    const wanted = { host: host.id, identifier, status, from: updatedFrom, before: updatedBefore };
    const found = await deps.store.list({ ...wanted, after: cursor, limit: limit + 1 });
    const { items, ...page } = toPage(found, limit, cursorOf);
    const signings: SigningView[] = [];
    for (const signing of items) signings.push(await deps.hostViewOf(signing));
    const agreement = identifier === undefined ? undefined : await deps.agreementViewOf(host.id, identifier);
    context.body = { signings, ...page, ...(agreement && { agreement: summaryOf(agreement) }) } satisfies SigningList;
  },
};

/** The signings are in the list already. */
const summaryOf = (agreement: AgreementView): AgreementSummary => {
  const { signings: _, ...summary } = agreement;
  return summary;
};
