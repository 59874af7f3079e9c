import { OperatorSigning, type ResolutionOutcome } from '@tu-esign/contract';
import { isGiven, readInput, requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { UsageError } from '#command/errors.ts';
import { connect } from './service-client.ts';

/** Settles a signing in review. */
export const resolve: Command = {
  parameters: '<id>',
  more: `One of --signed, --not-signed and --failed says what a person has found out with the provider. A signed PDF is
believed when it begins with the agreement and a signature in it verifies with the certificate's key.`,
  options: [
    { flags: '--signed <file>', about: 'it was signed, and this is the signed PDF; --certificate goes with it' },
    { flags: '--certificate <file>', about: 'the key certificate (PEM)' },
    { flags: '--rewritten', about: 'the provider writes documents anew: it need not begin with the agreement' },
    { flags: '--not-signed', about: 'it was not signed, and is tried again' },
    { flags: '--failed', about: 'it was not signed, and is not to be' },
    shared.service,
    shared.config,
  ],
  async run(args, context) {
    const id = requirePositional(args, 0, 'ID');
    const form = await createForm(args, context.resolve);
    const path = `/v1/operator/signings/${encodeURIComponent(id)}/resolve`;
    const { status } = await connect(args, context).post(path, OperatorSigning, form);
    context.print(`${id} is ${status} now\n`);
    return 0;
  },
};

const createForm = async (args: Arguments, toPath: (path: string) => string): Promise<FormData> => {
  const outcome = chooseOutcome(args);
  const form = new FormData();
  form.append('outcome', outcome);
  if (outcome !== 'signed') return form;
  const certificate = textOf(args, 'certificate');
  if (certificate === undefined) throw new UsageError('--signed comes with --certificate');
  if (isGiven(args, 'rewritten')) form.append('rewritten', 'true');
  form.append('key-certificate', (await readInput(toPath(certificate))).toString());
  form.append('document', new Blob([await readInput(toPath(textOf(args, 'signed')!))]), 'signed.pdf');
  return form;
};

/** @throws UsageError unless exactly one is chosen */
const chooseOutcome = ({ values }: Arguments): ResolutionOutcome => {
  const outcomes = ['signed', 'not-signed', 'failed'] as const;
  const [chosen, ...others] = outcomes.filter((outcome) => values[outcome] !== undefined);
  if (!chosen || others.length) throw new UsageError('Say one of --signed, --not-signed and --failed');
  return chosen;
};
