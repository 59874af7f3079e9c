import { changeKeysPassphrase } from '#composition/rotation/change-keys-passphrase.ts';
import { listKeys, rotatable, rotateKeys, type KeptKey, type Rotatable } from '#composition/rotation/rotate-keys.ts';
import { readConfig } from '#composition/settings/config.ts';
import { isGiven, readInput, requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused, UsageError } from '#command/errors.ts';
import { readSettings } from '#command/settings.ts';
import { sayRefused } from '#command/say-refused.ts';
import { toTable } from '#command/table.ts';
import type { CommandContext } from '#command/terminal.ts';
import { install, request } from './certificates.ts';
import { readMinutes, sayInForce, type Action } from './key-actions.ts';

const kinds = rotatable.join(', ');

/** Lists and replaces the service's keys, and changes the passphrase that they are kept under. */
export const keys: Command = {
  parameters: '<list|rotate|passphrase|request|install> [kind...]',
  more: `list        says which keys there are, and since when
rotate      makes new keys of these kinds: ${kinds}
passphrase  keeps the keys under another passphrase (--new), or under none (--none); the present one, where there is one, is
            set by TU_ESIGN_KEYS_PASSPHRASE as for the service
request     where the root's key is on another machine (tu-esign init-root): makes keys of the kinds issuing and time-stamp, and
            writes to --out what asks for their certificates. Before the first start it makes both, and no root
install     takes what the root has answered, a file by tu-esign root certify, or its new list

What a key has signed holds on: documents, constancias and evidence verify with the same root (/v1/authority.pem), links open
until they end, and drafts of visits that have begun can be read. A new key waits until every instance has it: start all of
them again within --within minutes. Instances need the passphrase at their start alone; set the new one before the next.
Killed in the middle, the keys are as they were or as they are to be: call it again, with the new passphrase where the old
one does not open them any more.`,
  options: [
    { flags: '--within <minutes>', about: 'when new keys come into force; by default at once, with PostgreSQL in 60' },
    { flags: '--out <file>', about: 'of what asks for certificates; by default request.pem' },
    { flags: '--new <file>', about: 'the file that holds the new passphrase, of 12 characters at least' },
    { flags: '--none', about: 'take the passphrase off' },
    shared.json,
    shared.config,
  ],
  async run(args, context) {
    const action = actions[requirePositional(args, 0, 'what to do')];
    if (!action) throw new UsageError('Say one of list, rotate, passphrase, request and install');
    const settings = readSettings(args, context);
    await sayRefused(settings, () => action(readConfig(settings), args, context));
    return 0;
  },
};

const list: Action = async (config, args, { print }) => {
  const listed = await listKeys(config);
  print(isGiven(args, 'json') ? `${JSON.stringify(listed.map(toJson), undefined, 2)}\n` : describe(listed));
};

const sinceOf = ({ from }: KeptKey): string => (from === 0 ? 'the first start' : new Date(from).toISOString());

const toJson = (key: KeptKey): object => ({ kind: key.kind, state: key.state, since: sinceOf(key) });

const describe = (listed: readonly KeptKey[]): string =>
  toTable([['kind', 'state', 'since'], ...listed.map((key) => [key.kind, key.state, sinceOf(key)])]);

const rotate: Action = async (config, args, { print }) => {
  const which = readKinds(args);
  const minutes = readMinutes(args, config);
  const from = Date.now() + minutes * 60_000;
  await rotateKeys(config, which, from);
  print(sayInForce('New keys are', minutes, from, `: ${which.join(', ')}`));
};

const readKinds = ({ positionals: [, ...given] }: Arguments): Rotatable[] => {
  const known: readonly string[] = rotatable;
  const unknown = given.find((kind) => !known.includes(kind));
  if (unknown !== undefined) throw new UsageError(`There is no kind ${unknown}: it is one of ${kinds}`);
  if (given.length === 0) throw new UsageError(`Say which: ${kinds}`);
  return rotatable.filter((kind) => given.includes(kind));
};

const passphrase: Action = async (config, args, context) => {
  const to = await readNew(args, context);
  await changeKeysPassphrase(config, to);
  context.print(
    to === undefined
      ? 'The keys are kept without a passphrase now: unset TU_ESIGN_KEYS_PASSPHRASE before the next start.\n'
      : 'The keys are kept under the new passphrase now: set TU_ESIGN_KEYS_PASSPHRASE to it before the next start.\n',
  );
  context.print('Backups and dumps that were made before have the keys as they were kept then.\n');
};

const readNew = async (args: Arguments, { resolve }: CommandContext): Promise<string | undefined> => {
  const file = textOf(args, 'new');
  if ((file !== undefined) === isGiven(args, 'none')) throw new UsageError('Say one of --new and --none');
  if (file === undefined) return undefined;
  const text = (await readInput(resolve(file))).toString('utf8').trim();
  if (text.length < 12) throw new Refused(`${file} holds ${text.length} characters: a passphrase has 12 at least`);
  return text;
};

const actions: Partial<Record<string, Action>> = { list, rotate, passphrase, request, install };
