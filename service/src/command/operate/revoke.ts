import { OperatorRevocation, RevocationReason, type OperatorRevocationRequest } from '@tu-esign/contract';
import { isGiven, textOf, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { UsageError } from '#command/errors.ts';
import { connect } from './service-client.ts';

const reasons = RevocationReason.options.join(', ');

/** Revokes a certificate of the embedded authority. */
export const revoke: Command = {
  parameters: '[signing]',
  more: `Names a signing, whose key certificate is revoked, or any certificate of the authority by --serial-number: an issuing, a
time-stamp or a seal's. Everybody is told by the list of revoked certificates and by OCSP from then on. What was signed before
--at stays valid where a time-stamp proves that it was; with the reason key-compromise, time-stamps of a revoked time-stamp
authority prove nothing any more. It cannot be taken back: the first word on a certificate stands, and is what is answered.`,
  options: [
    { flags: '--serial-number <hex>', about: 'of the certificate, where no signing is named' },
    { flags: '--reason <reason>', about: `one of ${reasons}; by default unspecified` },
    {
      flags: '--at <time>',
      about: 'from when on it is not to be believed (2026-11-28T12:00:00Z); by default from now',
    },
    shared.json,
    shared.service,
    shared.config,
  ],
  async run(args, context) {
    const answer = await connect(args, context).post('/v1/operator/revocations', OperatorRevocation, toRequest(args));
    const { serialNumber, reason, revokedAt } = answer;
    const said = `${serialNumber} is revoked from ${revokedAt} on: ${reason}\n`;
    context.print(isGiven(args, 'json') ? `${JSON.stringify(answer, undefined, 2)}\n` : said);
    return 0;
  },
};

/** @throws UsageError unless one certificate is named, and all is in its form */
const toRequest = (args: Arguments): OperatorRevocationRequest => {
  const [signing] = args.positionals;
  const serialNumber = textOf(args, 'serial-number');
  if ((signing === undefined) === (serialNumber === undefined))
    throw new UsageError('Name a signing, or a certificate by --serial-number');
  const reason = RevocationReason.safeParse(textOf(args, 'reason') ?? 'unspecified');
  if (!reason.success) throw new UsageError(`--reason is one of ${reasons}`);
  const at = textOf(args, 'at');
  return {
    ...(signing !== undefined && { signing }),
    ...(serialNumber !== undefined && { serialNumber }),
    reason: reason.data,
    ...(at !== undefined && { revokedAt: toTime(at) }),
  };
};

const toTime = (text: string): string => {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new UsageError('--at is a time, as 2026-11-28T12:00:00Z');
  return at.toISOString();
};
