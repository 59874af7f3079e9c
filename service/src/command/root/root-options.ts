import type { RootPlace } from '#composition/offline-root/root-work.ts';
import { readInput, textOf, type Arguments } from '#command/arguments.ts';
import type { CommandOption } from '#command/command.ts';
import { Refused, UsageError } from '#command/errors.ts';
import type { CommandContext } from '#command/terminal.ts';

/** Options of all that works with a root in a folder of its own. */
export const rootOptions = {
  passphrase: { flags: '--passphrase <file>', about: 'the file that holds the passphrase of the root’s key' },
  days: { flags: '--days <days>', about: 'for which the list of what the root has revoked holds; by default 365' },
} as const satisfies Record<string, CommandOption>;

/** @throws Refused where the file cannot be read, or holds too little */
export const readPlace = async (args: Arguments, folder: string, { resolve }: CommandContext): Promise<RootPlace> => {
  const file = textOf(args, 'passphrase');
  if (file === undefined) return { folder: resolve(folder), passphrase: undefined };
  const passphrase = (await readInput(resolve(file))).toString('utf8').trim();
  if (passphrase.length < 12)
    throw new Refused(`${file} holds ${passphrase.length} characters: a passphrase has 12 at least`);
  return { folder: resolve(folder), passphrase };
};

/** @throws UsageError where it is no whole number within the bounds */
export const readCount = (args: Arguments, name: string, { fallback, most }: { fallback: number; most: number }) => {
  const count = Number(textOf(args, name) ?? fallback);
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new UsageError(`--${name} is a whole number, of ${most} at most`);
};

/** A root is visited once a year, or once in ten. */
export const readDays = (args: Arguments): number => readCount(args, 'days', { fallback: 365, most: 3660 });
