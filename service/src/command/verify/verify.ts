import { basename } from 'node:path';
import { createPdfEngine, type PdfEngine } from '#pades/engine.ts';
import { isGiven, listOf, readInput, textOf, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused, UsageError } from '#command/errors.ts';
import type { Terminal } from '#command/terminal.ts';
import { describeOutputs } from './describe-outputs.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { judgeOutputs, type GivenOutputs } from '@tu-esign/verifier/verdicts/judge-outputs.ts';
import { readRoot } from './read-root.ts';
import { toExitCode } from './verdict.ts';

const exitCodes = `Says finding by finding what holds; works offline.
Exit codes: 0 all that was judged holds, 1 something does not, 2 asked in a wrong way, or a file cannot be read,
            3 all that was judged holds, but no root was given: anybody may have signed, under any name.`;

const readOutputs = async (args: Arguments, { resolve }: Terminal): Promise<GivenOutputs> => {
  const [path, constancia] = args.positionals;
  const read = (name: string | undefined) => (name === undefined ? undefined : readInput(resolve(name)));
  const against = listOf(args, 'against').map(
    async (name) => [basename(name), await readInput(resolve(name))] as const,
  );
  return {
    document: await readInput(resolve(path!)),
    original: await read(textOf(args, 'original')),
    keyCertificate: await read(textOf(args, 'certificate')),
    conservationCertificate: await read(constancia),
    against: Object.fromEntries(await Promise.all(against)),
    roots: await Promise.all(listOf(args, 'root').map((name) => readRoot(resolve(name)))),
    providerRoots: await Promise.all(listOf(args, 'psc-root').map((name) => readRoot(resolve(name)))),
    legacy: isGiven(args, 'legacy'),
    policies: listOf(args, 'policy'),
  };
};

const judge = async (args: Arguments, terminal: Terminal, engine: PdfEngine): Promise<number> => {
  const outputs = await readOutputs(args, terminal);
  const judged = await judgeOutputs(outputs, engine.verifyDocument, nodePorts);
  const found = await engine.examine(outputs.document);
  terminal.print(describeOutputs({ ...judged, found }, isGiven(args, 'json')));
  return toExitCode(judged);
};

/** Says what holds of files that somebody has. */
export const verify: Command = {
  parameters: '<file.pdf> [constancia]',
  more: exitCodes,
  options: [
    { flags: '--original <file>', about: 'what was given to be signed: are its pages still there?' },
    { flags: '--certificate <file>', about: 'the key certificate, in any form: is it the signer’s?' },
    { flags: '--against <file>', about: 'a further file that the constancia may be of', several: true },
    {
      flags: '--root <file>',
      about: 'a root to believe: for signatures (else nobody is asked who signed), and besides ACR2-SE',
      several: true,
    },
    {
      flags: '--psc-root <file>',
      about: 'a root of Mexican providers, besides ACR2-SE, whose certificates name no purpose: for time-stamps alone',
      several: true,
    },
    {
      flags: '--policy <oid>',
      about: 'a policy of time-stamps to recognise; one that ends in a full stop stands for all below it',
      several: true,
    },
    {
      flags: '--legacy',
      about: 'for old documents: RSA below 2048 bits, SHA-1 and curves below 256 bits are told, and do not fail',
    },
    shared.json,
  ],
  async run(args, context) {
    const engine = createPdfEngine({ threads: 1, timeoutMs: 60_000, memoryMb: 1_024 });
    try {
      return await judge(args, context, engine);
    } catch (error) {
      // 1 would say that something was judged and does not hold.
      if (error instanceof Refused) throw new UsageError(error.message, { cause: error });
      throw error;
    } finally {
      await engine.close();
    }
  },
};
