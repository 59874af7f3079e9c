import { OperatorSignings, SigningStatus } from '@tu-esign/contract';
import { isGiven, textOf } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { UsageError } from '#command/errors.ts';
import { sinceThen, toTable } from '#command/table.ts';
import { connect } from './service-client.ts';

/** Lists signings that wait for a person, or others by their status. */
export const review: Command = {
  more: 'The one that has waited longest comes first.',
  options: [
    { flags: '--status <status>', about: `one of ${SigningStatus.options.join(', ')}; by default review` },
    { flags: '--limit <n>', about: 'as many at most; by default 100' },
    shared.json,
    shared.service,
    shared.config,
  ],
  async run(args, context) {
    const status = SigningStatus.safeParse(textOf(args, 'status') ?? 'review');
    if (!status.success) throw new UsageError(`--status is one of ${SigningStatus.options.join(', ')}`);
    const query = new URLSearchParams({ status: status.data, limit: textOf(args, 'limit') ?? '100' });
    const answer = await connect(args, context).get(`/v1/operator/signings?${query.toString()}`, OperatorSignings);
    context.print(isGiven(args, 'json') ? `${JSON.stringify(answer, undefined, 2)}\n` : describe(answer));
    return 0;
  },
};

const describe = ({ signings }: OperatorSignings): string =>
  toTable([
    ['id', 'host', 'identifier', 'status', 'since'],
    ...signings.map(({ id, host, identifier, status, updatedAt }) => [
      id,
      host,
      identifier,
      status,
      sinceThen(updatedAt),
    ]),
  ]);
