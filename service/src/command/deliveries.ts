import { DeliveryState, OperatorDeliveries } from '@tu-esign/contract';
import { textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { sinceThen, toTable } from './table.ts';

/** Lists notifications: those that were given up, or others by their state. */
export const deliveries: Command = {
  usage: 'deliveries [--state STATE] [--limit N] [--json]',
  summary: 'list notifications that were given up, or are in another state, oldest first',
  options: { state: { type: 'string' }, limit: { type: 'string' }, json: { type: 'boolean' } },
  async run(args, { connect, print }) {
    const state = DeliveryState.safeParse(textOf(args, 'state') ?? 'given-up');
    if (!state.success) throw new UsageError(`--state is one of ${DeliveryState.options.join(', ')}`);
    const query = new URLSearchParams({ state: state.data, limit: textOf(args, 'limit') ?? '100' });
    const answer = await connect(args).get(`/v1/operator/deliveries?${query.toString()}`, OperatorDeliveries);
    print(args.values['json'] === true ? `${JSON.stringify(answer, undefined, 2)}\n` : describeDeliveries(answer));
    return 0;
  },
};

export const describeDeliveries = (answer: OperatorDeliveries): string =>
  toTable([
    ['signing', 'host', 'type', 'state', 'tries', 'last', 'since'],
    ...answer.deliveries.map(({ signing, host, type, state, attempts, outcome, createdAt }) => [
      signing ?? '-',
      host,
      type,
      state,
      String(attempts),
      outcome ?? '-',
      sinceThen(createdAt),
    ]),
  ]);
