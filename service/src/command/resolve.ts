import { OperatorSigning, type ResolutionOutcome } from '@tu-esign/contract';
import { readInput, requirePositional, textOf, type Arguments } from './arguments.ts';
import type { Command } from './command.ts';
import { UsageError } from './errors.ts';

/** Settles a signing in review. */
export const resolve: Command = {
  usage: 'resolve ID (--signed FILE --certificate FILE [--rewritten] | --not-signed | --failed)',
  summary: 'settle a signing in review: signed (PDF and PEM), not signed (it is tried again), or failed',
  options: {
    signed: { type: 'string' },
    certificate: { type: 'string' },
    rewritten: { type: 'boolean' },
    'not-signed': { type: 'boolean' },
    failed: { type: 'boolean' },
  },
  async run(args, { connect, print, resolve: toPath }) {
    const id = requirePositional(args, 0, 'ID');
    const form = await createForm(args, toPath);
    const path = `/v1/operator/signings/${encodeURIComponent(id)}/resolve`;
    const { status } = await connect(args).post(path, OperatorSigning, form);
    print(`${id} is ${status} now\n`);
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
  if (args.values['rewritten'] === true) form.append('rewritten', 'true');
  form.append('keyCertificate', (await readInput(toPath(certificate))).toString());
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
