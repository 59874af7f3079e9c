import { OperatorRenewals } from '@tu-esign/contract';
import { isGiven } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { UsageError } from '#command/errors.ts';
import { toTable } from '#command/table.ts';
import { connect } from './service-client.ts';

/** Says when time-stamps over documents are renewed. */
export const evergreen: Command = {
  more: `The service renews the time-stamp over each signed document by itself, TU_ESIGN_RENEWAL_DAYS before its first certificate
ends; it looks for what is due every hour. What is due now and stays so from one day to the next is told in the log.`,
  options: [
    { flags: '--report', about: 'say how many documents are due when' },
    shared.json,
    shared.service,
    shared.config,
  ],
  async run(args, context) {
    if (!isGiven(args, 'report')) throw new UsageError('Name what is wanted: --report');
    const answer = await connect(args, context).get('/v1/operator/renewals', OperatorRenewals);
    context.print(isGiven(args, 'json') ? `${JSON.stringify(answer, undefined, 2)}\n` : describe(answer));
    return 0;
  },
};

const describe = ({ now, unread, months }: OperatorRenewals): string => {
  const rows = months.map(({ month, documents, firstEnd }) => [month, String(documents), firstEnd.slice(0, 10)]);
  const table = rows.length ? toTable([['month', 'documents', 'first end'], ...rows]) : '';
  return `${now} due now; ${unread} not looked at yet\n${table}`;
};
