import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootNames } from '#composition/offline-root/root-folder.ts';
import { keyAlgorithms, makeRoot, type KeyAlgorithm } from '#composition/offline-root/root-work.ts';
import { requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import type { Command } from '#command/command.ts';
import { UsageError } from '#command/errors.ts';
import { sayRefused } from '#command/say-refused.ts';
import { readDays, readPlace, rootOptions } from './root-options.ts';

/** Makes a root in a folder of its own. */
export const initRoot: Command = {
  parameters: '<folder>',
  more: `Call it on a machine that no network reaches, and keep the folder there: it holds the root's key, its certificate, and the list
of what the root has revoked. A service whose authority is to be below this root asks for its certificates by tu-esign keys
request, before its first start; tu-esign root certify answers. Without --passphrase the key lies there as it is.`,
  options: [
    { flags: '--organisation <name>', about: 'named in the root’s certificate; by default tu-esign' },
    { flags: '--keys <kind>', about: `of the root’s key, one of ${keyAlgorithms.join(', ')}; by default P-256` },
    rootOptions.days,
    rootOptions.passphrase,
  ],
  async run(args, context) {
    const place = await readPlace(args, requirePositional(args, 0, 'the folder'), context);
    const of = { organization: textOf(args, 'organisation') ?? 'tu-esign', algorithm: readKind(args) };
    await sayRefused({}, () => makeRoot(place, of, readDays(args)));
    const { fingerprint256, validTo } = new X509Certificate(
      await readFile(join(place.folder, rootNames.certificate), 'utf8'),
    );
    context.print(`The root is in ${place.folder}, and ends on ${validTo}.\nSHA-256 ${fingerprint256}\n`);
    return 0;
  },
};

const readKind = (args: Arguments): KeyAlgorithm => {
  const kind = textOf(args, 'keys') ?? 'P-256';
  const found = keyAlgorithms.find((one) => one === kind);
  if (!found) throw new UsageError(`--keys is one of ${keyAlgorithms.join(', ')}`);
  return found;
};
