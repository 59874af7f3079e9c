import { createPublicKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { readRequests } from '#authority/offline/read-request.ts';
import { installAnswer, requestCertificates } from '#composition/offline-root/ask-root.ts';
import { readInput, requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import { Refused, UsageError } from '#command/errors.ts';
import { keyDigest } from '#command/root/key-digest.ts';
import { readMinutes, sayInForce, type Action } from './key-actions.ts';

const kinds = ['issuing', 'time-stamp'] as const;

const readAsked = ({ positionals: [, ...given] }: Arguments) => {
  const known: readonly string[] = kinds;
  if (given.some((kind) => !known.includes(kind)))
    throw new UsageError(`A root certifies keys of these kinds: ${kinds.join(', ')}`);
  return given.length === 0 ? kinds : kinds.filter((kind) => given.includes(kind));
};

/** Asks a root that is elsewhere for certificates. */
export const request: Action = async (config, args, { resolve, print }) => {
  const which = readAsked(args);
  const out = resolve(textOf(args, 'out') ?? 'request.pem');
  if (existsSync(out)) throw new Refused(`${out} is there already`);
  const text = await requestCertificates(config, which);
  await writeFile(out, text, { flag: 'wx' });
  for (const { which: kind, publicKey } of await readRequests(text))
    print(`${kind}: key ${keyDigest(createPublicKey({ key: publicKey, format: 'der', type: 'spki' }))}\n`);
  const { revocationUrl, publicUrl } = config;
  const lists = revocationUrl ?? publicUrl;
  print(`Bring ${out} to the root: tu-esign root certify FOLDER ${out}${lists ? ` --lists ${lists}` : ''}\n`);
};

/** Takes what a root has certified, or its list. */
export const install: Action = async (config, args, { resolve, print }) => {
  const text = (await readInput(resolve(requirePositional(args, 1, 'the file by the root')))).toString('utf8');
  const minutes = readMinutes(args, config);
  const from = Date.now() + minutes * 60_000;
  await installAnswer(config, text, from);
  print(sayInForce('What the root has said is', minutes, from));
};
