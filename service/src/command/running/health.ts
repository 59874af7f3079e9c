import { textOf } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused } from '#command/errors.ts';
import { readSettings } from '#command/settings.ts';

const withinMs = 5_000;

/** An address that listens on all of a machine's is asked on this machine. */
const reachable = (address: string): string =>
  ({ '0.0.0.0': '127.0.0.1', '::': '[::1]' })[address] ?? (address.includes(':') ? `[${address}]` : address);

/** Asks as load balancers do. @throws Refused where it is not ready, and says what is not */
const askReadiness = async (url: string): Promise<void> => {
  const signal = AbortSignal.timeout(withinMs);
  const answer = await fetch(`${url}/health/ready`, { signal }).catch((cause) => {
    throw new Refused(`nothing answers at ${url}`, { cause });
  });
  const { notReady = [] } = (await answer.json().catch(() => ({}))) as { notReady?: string[] };
  if (!answer.ok) throw new Refused(`not ready: ${notReady.join(', ') || `it answers ${answer.status}`}`);
};

/** For a container's HEALTHCHECK: 0 where the service of the same settings is ready, 1 where not. */
export const health: Command = {
  more: 'Exit code 0 where it is ready, 1 where it is not or does not answer within five seconds.',
  options: [{ flags: '--url <url>', about: 'where it is, if it is not where the settings say' }, shared.config],
  async run(args, context) {
    const { TU_ESIGN_PORT: port = '8080', TU_ESIGN_ADDRESS: address = '127.0.0.1' } = readSettings(args, context);
    await askReadiness(textOf(args, 'url') ?? `http://${reachable(address)}:${port}`);
    context.print('ready\n');
    return 0;
  },
};
