import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Evidence } from '@tu-esign/contract';
import { isGiven, listOf, readInput, requirePositional, textOf, type Arguments } from '#command/arguments.ts';
import { shared, type Command } from '#command/command.ts';
import { Refused } from '#command/errors.ts';
import type { CommandContext } from '#command/terminal.ts';
import { describeEvidence, type EvidenceVerdict } from './describe-evidence.ts';
import { judgeEvidence } from '@tu-esign/verifier/evidence/judge-evidence.ts';
import { judgeFiles, toFaults, type GivenFile } from '@tu-esign/verifier/evidence/judge-files.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { readRoot } from './read-root.ts';
import { toExitCode } from './verdict.ts';

/** Verifies a downloaded evidence.json, and files beside it, without any service. */
export const verifyEvidence: Command = {
  parameters: '<evidence.json> [files...]',
  more: 'Files may be folders, and may follow --files or not. The root of the service is at its /v1/authority.pem.',
  options: [
    { flags: '--root <file>', about: 'the root to believe: without it nobody is asked who sealed' },
    { flags: '--files <path>', about: 'a file, or a folder of files, that the evidence names', several: true },
    shared.json,
  ],
  async run(args, context) {
    const path = context.resolve(requirePositional(args, 0, 'FILE'));
    const rootPath = textOf(args, 'root');
    const root = rootPath === undefined ? undefined : context.resolve(rootPath);
    const evidence = readEvidence(await readInput(path));
    const givenFiles = await readFiles(listPaths(args, context), [path, root]);
    const files = judgeFiles(evidence, givenFiles, nodePorts);
    const pem = root === undefined ? undefined : await readRoot(root);
    const faults = [...(await judgeEvidence(evidence, pem, nodePorts)), ...toFaults(files)];
    const verdict: EvidenceVerdict = {
      holds: faults.length === 0,
      anchored: pem !== undefined,
      evidence,
      files,
      faults,
    };
    context.print(describeEvidence(verdict, isGiven(args, 'json')));
    return toExitCode(verdict);
  },
};

/** @throws Refused where it is not evidence at all */
const readEvidence = (content: Buffer): Evidence => {
  const { success, data, error } = Evidence.safeParse(parseJson(content));
  if (success) return data;
  const { path, message } = error.issues[0]!;
  throw new Refused(`The file is not evidence: ${path.join('.') || 'it'}: ${message}`);
};

const parseJson = (content: Buffer): unknown => {
  try {
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
};

/** Files may follow `--files` one by one, as a shell writes them for a pattern. */
const listPaths = (args: Arguments, { resolve }: CommandContext): string[] =>
  [...listOf(args, 'files'), ...args.positionals.slice(1)].map((path) => resolve(path));

/** Of a folder all files are read, but for the evidence itself and the root. */
const readFiles = async (paths: string[], others: (string | undefined)[]): Promise<GivenFile[]> => {
  const listed = await Promise.all(paths.map(listFiles));
  const wanted = listed.flat().filter((path) => !others.includes(path));
  return Promise.all(wanted.map(async (path) => ({ path, content: await readInput(path) })));
};

const listFiles = async (path: string): Promise<string[]> => {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => join(path, name));
  return files.sort();
};
