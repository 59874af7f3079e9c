import { OperatorReload } from '@tu-esign/contract';
import { isGiven } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { connect } from '#command/operate/service-client.ts';

/** Has the running service take the hosts file as it is now. */
export const reload: Command = {
  more: `No request is dropped: what is under way ends as it began. A file that is wrong is refused with all that is wrong, and the
old one stays in force. Settings count after a restart. Each instance reads its own file: tell each of them (--service).
Without an operator's key, SIGHUP does the same, and the log says what came of it.`,
  options: [
    { flags: '--dry-run', about: 'say what would change, and change nothing' },
    shared.json,
    shared.service,
    shared.config,
  ],
  async run(args, context) {
    const intent = isGiven(args, 'dry-run') ? 'tell' : 'apply';
    const answer = await connect(args, context).post(`/v1/operator/reload?intent=${intent}`, OperatorReload);
    context.print(isGiven(args, 'json') ? `${JSON.stringify(answer, undefined, 2)}\n` : describeReload(answer));
    return 0;
  },
};

export const describeReload = ({ applied, hosts, changes }: OperatorReload): string => {
  const head = applied ? `The hosts file was taken: ${hosts} hosts.` : `The hosts file would be taken: ${hosts} hosts.`;
  return `${head}\n${changes.length > 0 ? changes.map((change) => `- ${change}\n`).join('') : 'Nothing changes.\n'}`;
};
