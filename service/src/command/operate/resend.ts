import { OperatorDeliveries } from '@tu-esign/contract';
import { requirePositional } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { describeDeliveries } from './deliveries.ts';
import { connect } from './service-client.ts';

/** Has all notifications of a signing sent once more. */
export const resend: Command = {
  parameters: '<id>',
  more: 'Those that were given up are sent as well; each keeps its id.',
  options: [shared.service, shared.config],
  async run(args, context) {
    const id = encodeURIComponent(requirePositional(args, 0, 'ID'));
    const answer = await connect(args, context).post(
      `/v1/operator/signings/${id}/notifications/resend`,
      OperatorDeliveries,
    );
    context.print(
      answer.deliveries.length ? describeDeliveries(answer) : 'There is nothing that its host was to be told\n',
    );
    return 0;
  },
};
