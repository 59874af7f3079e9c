import { DeliveryState, OperatorDeliveries } from '@tu-esign/contract';
import { isGiven, textOf } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { UsageError } from '#command/errors.ts';
import { sinceThen, toTable } from '#command/table.ts';
import { connect } from './service-client.ts';

/** Lists notifications: those that were given up, or others by their state. */
export const deliveries: Command = {
  more: 'The oldest comes first.',
  options: [
    { flags: '--state <state>', about: `one of ${DeliveryState.options.join(', ')}; by default given-up` },
    { flags: '--limit <n>', about: 'as many at most; by default 100' },
    shared.json,
    shared.service,
    shared.config,
  ],
  async run(args, context) {
    const state = DeliveryState.safeParse(textOf(args, 'state') ?? 'given-up');
    if (!state.success) throw new UsageError(`--state is one of ${DeliveryState.options.join(', ')}`);
    const query = new URLSearchParams({ state: state.data, limit: textOf(args, 'limit') ?? '100' });
    const answer = await connect(args, context).get(`/v1/operator/deliveries?${query.toString()}`, OperatorDeliveries);
    context.print(isGiven(args, 'json') ? `${JSON.stringify(answer, undefined, 2)}\n` : describeDeliveries(answer));
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
