import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { RevocationReason } from '@tu-esign/contract';
import {
  certifyRequests,
  renewList,
  revokeByRoot,
  type Certified,
  type RootPlace,
} from '#composition/offline-root/root-work.ts';
import { readInput, requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import type { Command } from '#command/command.ts';
import { Refused, UsageError } from '#command/errors.ts';
import { sayRefused } from '#command/say-refused.ts';
import type { CommandContext } from '#command/terminal.ts';
import { keyDigest } from './key-digest.ts';
import { readCount, readDays, readPlace, rootOptions } from './root-options.ts';

/** What a root does that is kept apart from services. */
export const root: Command = {
  parameters: '<certify|revoke|list> <folder> [request|serial-number]',
  more: `certify  certifies the keys that a service asks for (tu-esign keys request), and writes to --out what is brought back to it
         (tu-esign keys install): its certificates, the root's, and a new list
revoke   puts a certificate on the list of what the root has revoked
list     makes another list, which the service is brought before the last one ends

The folder is that of tu-esign init-root. Compare what certify prints with what keys request has printed. What is revoked, and a list that
ends, matter once the service has the new list: bring it folder/root.crl.pem by tu-esign keys install.`,
  options: [
    { flags: '--out <file>', about: 'of what a service is brought; by default certificates.pem' },
    {
      flags: '--lists <url>',
      about: 'the service’s TU_ESIGN_REVOCATION_URL or _PUBLIC_URL, where it publishes the list',
    },
    { flags: '--years <years>', about: 'for which certificates hold; by default 25, and never longer than the root' },
    { flags: '--reason <reason>', about: `one of ${RevocationReason.options.join(', ')}; by default unspecified` },
    {
      flags: '--at <time>',
      about: 'from when on it is not to be believed (2026-11-28T12:00:00Z); by default from now',
    },
    rootOptions.days,
    rootOptions.passphrase,
  ],
  async run(args, context) {
    const action = actions[requirePositional(args, 0, 'what to do')];
    if (!action) throw new UsageError('Say one of certify, revoke and list');
    const place = await readPlace(args, requirePositional(args, 1, 'the folder'), context);
    await sayRefused({}, () => action(args, place, context));
    return 0;
  },
};

type Action = (args: Arguments, place: RootPlace, context: CommandContext) => Promise<void>;

const certify: Action = async (args, place, { resolve, print }) => {
  const request = await readInput(resolve(requirePositional(args, 2, 'the request')));
  const out = resolve(textOf(args, 'out') ?? 'certificates.pem');
  if (existsSync(out)) throw new Refused(`${out} is there already: nothing was certified`);
  const years = readCount(args, 'years', { fallback: 25, most: 30 });
  const options = { lists: readLists(args), years, days: readDays(args) };
  const { certified, answer } = await certifyRequests(place, request.toString('utf8'), options);
  await writeFile(out, answer, { flag: 'wx' });
  for (const one of certified) print(describe(one));
  print(`Bring ${out} to the service: tu-esign keys install ${out}\n`);
};

const describe = ({ which, certificate }: Certified): string => {
  const { subject, serialNumber, validTo, publicKey } = new X509Certificate(certificate.der);
  const name = subject.replaceAll('\n', ', ');
  return `${which}: ${name}\n  serial number ${serialNumber}, until ${validTo}\n  key ${keyDigest(publicKey)}\n`;
};

const readLists = (args: Arguments): string | undefined => {
  const url = textOf(args, 'lists')?.replace(/\/+$/, '');
  if (url !== undefined && !(/^https?:/.test(url) && URL.canParse(url))) throw new UsageError('--lists is no address');
  return url;
};

const revoke: Action = async (args, place, { print }) => {
  const digits = requirePositional(args, 2, 'the serial number').replaceAll(':', '').toLowerCase();
  const serialNumber = digits.replace(/^0+(?=.)/, '');
  if (!/^[\da-f]+$/.test(serialNumber)) throw new UsageError('A serial number has hexadecimal digits');
  const reason = RevocationReason.safeParse(textOf(args, 'reason') ?? 'unspecified');
  if (!reason.success) throw new UsageError(`--reason is one of ${RevocationReason.options.join(', ')}`);
  const revokedAt = readTime(args);
  await revokeByRoot(place, { serialNumber, reason: reason.data, revokedAt }, readDays(args));
  print(`${serialNumber} is on the root's list: bring ${place.folder}/root.crl.pem to the service\n`);
};

const readTime = (args: Arguments): number => {
  const at = Date.parse(textOf(args, 'at') ?? new Date().toISOString());
  if (Number.isNaN(at) || at > Date.now())
    throw new UsageError('--at is a time that has passed, as 2026-11-28T12:00:00Z');
  return at;
};

const list: Action = async (args, place, { print }) => {
  await renewList(place, readDays(args));
  print(`Bring ${place.folder}/root.crl.pem to the service: tu-esign keys install root.crl.pem\n`);
};

const actions: Partial<Record<string, Action>> = { certify, revoke, list };
