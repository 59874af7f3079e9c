import { OperatorRenewals } from '@tu-esign/contract';
import type { Route } from '#http/request/route.ts';
import type { DueOnDay, RenewalStore } from '#records/renewal/renewals.ts';
import { operatorProblems, requireOperator, type OperatorDeps } from './operator.ts';

export interface GetRenewalsDeps extends OperatorDeps {
  renewals: Pick<RenewalStore, 'countNew' | 'listDays'>;
  readonly now: () => Date;
}

/** Says when time-stamps over documents are renewed, for all of them together. */
export const getRenewals: Route<GetRenewalsDeps> = {
  method: 'get',
  path: '/v1/operator/renewals',
  summary: 'When time-stamps over documents are due to be renewed',
  security: 'operator key',
  responses: { 200: { description: 'How many, by month', content: { 'application/json': OperatorRenewals } } },
  problems: operatorProblems,
  async handle(context, deps) {
    requireOperator(context, deps);
    const { renewals, now } = deps;
    const today = Math.floor(now().getTime() / dayMs);
    const days = await renewals.listDays();
    const unread = await renewals.countNew();
    context.body = {
      now: sum(days.filter(({ day }) => day <= today)),
      unread,
      months: toMonths(days.filter(({ day }) => day > today)),
    } satisfies OperatorRenewals;
  },
};

const dayMs = 86_400_000;

const sum = (days: readonly DueOnDay[]): number => days.reduce((all, { documents }) => all + documents, 0);

const toMonths = (days: readonly DueOnDay[]): OperatorRenewals['months'] =>
  [...Map.groupBy(days, ({ day }) => new Date(day * dayMs).toISOString().slice(0, 7))].map(([month, those]) => ({
    month,
    documents: sum(those),
    firstEnd: new Date(Math.min(...those.map(({ firstEnd }) => firstEnd))).toISOString(),
  }));
