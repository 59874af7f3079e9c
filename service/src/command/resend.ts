import { OperatorDeliveries } from '@tu-esign/contract';
import { requirePositional } from './arguments.ts';
import type { Command } from './command.ts';
import { describeDeliveries } from './deliveries.ts';

/** Has all notifications of a signing sent once more. */
export const resend: Command = {
  usage: 'resend ID',
  summary: 'send all notifications of a signing again, given-up ones included',
  options: {},
  async run(args, { connect, print }) {
    const id = encodeURIComponent(requirePositional(args, 0, 'ID'));
    const answer = await connect(args).post(`/v1/operator/signings/${id}/notifications/resend`, OperatorDeliveries);
    print(answer.deliveries.length ? describeDeliveries(answer) : 'There is nothing that its host was to be told\n');
    return 0;
  },
};
