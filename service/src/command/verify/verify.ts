import { basename } from 'node:path';
import { createPdfEngine, type PdfEngine } from '#pades/engine.ts';
import { parseArguments, readInput, requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import { Refused, UsageError } from '#command/errors.ts';
import type { Terminal } from '#command/terminal.ts';
import { describeOutputs } from './describe-outputs.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { judgeOutputs, type GivenOutputs } from '@tu-esign/verifier/verdicts/judge-outputs.ts';
import { readRoot } from './read-root.ts';
import { toExitCode } from './verdict.ts';

const usage = `Usage: npm run verify -- FILE.pdf [CONSTANCIA] [--original FILE.pdf] [--certificate FILE]
         [--against FILE …] [--root FILE.pem …] [--psc-root FILE.pem …] [--policy OID …] [--legacy] [--json]

Says finding by finding what holds of a signed PDF and its conservation certificate; works offline.
  --original     what was given to be signed: are its pages still there?
  --certificate  the key certificate, in any form: is it the signer's?
  --against      further files that the constancia may be of
  --root         a root to believe: for signatures (else nobody is asked who signed), and besides ACR2-SE
  --psc-root     a root of Mexican providers, besides ACR2-SE, whose certificates name no purpose: for time-stamps alone
  --policy       a policy of time-stamps to recognise; one that ends in a full stop stands for all below it
  --legacy       for old documents: RSA below 2048 bits, SHA-1 and curves below 256 bits are told, and do not fail
Exit codes: 0 all that was judged holds, 1 something does not, 2 asked in a wrong way, or a file cannot be read,
            3 all that was judged holds, but no root was given: anybody may have signed, under any name.
`;

const several = { type: 'string', multiple: true } as const;
const options = {
  original: { type: 'string' },
  certificate: { type: 'string' },
  against: several,
  root: several,
  'psc-root': several,
  policy: several,
  legacy: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const listOf = ({ values }: Arguments, name: string): string[] => {
  const { [name]: value } = values;
  return Array.isArray(value) ? value.map(String) : [];
};

const readOutputs = async (args: Arguments, { resolve }: Terminal): Promise<GivenOutputs> => {
  const [path, constancia, ...others] = args.positionals;
  if (others.length) throw new UsageError('One PDF and one constancia; further files follow --against');
  const read = (name: string | undefined) => (name === undefined ? undefined : readInput(resolve(name)));
  const against = listOf(args, 'against').map(
    async (name) => [basename(name), await readInput(resolve(name))] as const,
  );
  return {
    document: await readInput(resolve(path ?? requirePositional(args, 0, 'FILE.pdf'))),
    original: await read(textOf(args, 'original')),
    keyCertificate: await read(textOf(args, 'certificate')),
    conservationCertificate: await read(constancia),
    against: Object.fromEntries(await Promise.all(against)),
    roots: await Promise.all(listOf(args, 'root').map((name) => readRoot(resolve(name)))),
    providerRoots: await Promise.all(listOf(args, 'psc-root').map((name) => readRoot(resolve(name)))),
    legacy: args.values['legacy'] === true,
    policies: listOf(args, 'policy'),
  };
};

const judge = async (args: Arguments, terminal: Terminal, engine: PdfEngine): Promise<number> => {
  const outputs = await readOutputs(args, terminal);
  const judged = await judgeOutputs(outputs, engine.verifyDocument, nodePorts);
  const found = await engine.examine(outputs.document);
  terminal.print(describeOutputs({ ...judged, found }, args.values['json'] === true));
  return toExitCode(judged);
};

/** Verifies files. @returns the exit code */
export const verify = async (words: string[], terminal: Terminal): Promise<number> => {
  const engine = createPdfEngine({ threads: 1, timeoutMs: 60_000, memoryMb: 1_024 });
  try {
    const args = parseArguments(words, options);
    if (args.values['help'] !== true) return await judge(args, terminal, engine);
    terminal.print(usage);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof Refused)) throw error;
    terminal.printError(`${error.message}\n${error instanceof UsageError ? `\n${usage}` : ''}`);
    return 2;
  } finally {
    await engine.close();
  }
};
