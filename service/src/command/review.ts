import { OperatorSignings, SigningStatus } from '@tu-esign/contract';
import { textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';
import { sinceThen, toTable } from './table.ts';

/** Lists signings that wait for a person, or others by their status. */
export const review: Command = {
  usage: 'review [--status STATUS] [--limit N] [--json]',
  summary: 'list signings in review, or in another status, the one that has waited longest first',
  options: { status: { type: 'string' }, limit: { type: 'string' }, json: { type: 'boolean' } },
  async run(args, { connect, print }) {
    const status = SigningStatus.safeParse(textOf(args, 'status') ?? 'review');
    if (!status.success) throw new UsageError(`--status is one of ${SigningStatus.options.join(', ')}`);
    const query = new URLSearchParams({ status: status.data, limit: textOf(args, 'limit') ?? '100' });
    const answer = await connect(args).get(`/v1/operator/signings?${query.toString()}`, OperatorSignings);
    print(args.values['json'] === true ? `${JSON.stringify(answer, undefined, 2)}\n` : describe(answer));
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
