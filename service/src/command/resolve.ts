import { OperatorSigning, type ResolutionOutcome } from '@tu-esign/contract';
import { readGiven, requirePositional, textOf, UsageError, type Command, type Given } from './command.ts';

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
  async run(given, { connect, print, resolve: toPath }) {
    const id = requirePositional(given, 0, 'ID');
    const form = await createForm(given, toPath);
    const path = `/v1/operator/signings/${encodeURIComponent(id)}/resolve`;
    const { status } = await connect(given).post(path, OperatorSigning, form);
    print(`${id} is ${status} now\n`);
    return 0;
  },
};

const createForm = async (given: Given, toPath: (path: string) => string): Promise<FormData> => {
  const outcome = chooseOutcome(given);
  const form = new FormData();
  form.append('outcome', outcome);
  if (outcome !== 'signed') return form;
  const certificate = textOf(given, 'certificate');
  if (certificate === undefined) throw new UsageError('--signed comes with --certificate');
  if (given.values['rewritten'] === true) form.append('rewritten', 'true');
  form.append('keyCertificate', (await readGiven(toPath(certificate))).toString());
  form.append('document', new Blob([await readGiven(toPath(textOf(given, 'signed')!))]), 'signed.pdf');
  return form;
};

/** @throws UsageError unless one is chosen, and one alone */
const chooseOutcome = ({ values }: Given): ResolutionOutcome => {
  const outcomes = ['signed', 'not-signed', 'failed'] as const;
  const [chosen, ...others] = outcomes.filter((outcome) => values[outcome] !== undefined);
  if (!chosen || others.length) throw new UsageError('Say one of --signed, --not-signed and --failed');
  return chosen;
};
