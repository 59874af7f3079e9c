import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createOrder, startEmbeddedSigning } from './embedded-signing.ts';

/**
 * `npm run samples`: what becomes of each PDF of a folder, by default of the samples: signed, or refused and why; and what
 * became of it before, by what `--write` has written then. By default that is the last release without findings.
 */

/** By the names of the files. */
type Outcomes = Record<string, string>;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: here('fixtures/pdfs') },
    before: { type: 'string', default: here('fixtures/outcomes-before.json') },
    write: { type: 'string' },
  },
});

const signing = await startEmbeddedSigning();

const reasonOf = (error: unknown): string => {
  const { type, findings = [] } = error as { type?: string; findings?: { finding: string }[] };
  const found = findings.map(({ finding }) => finding).join(' ');
  return `refused: ${type ?? String(error)}${found && ` (${found})`}`;
};

/** By the policy of a host that says nothing of findings. */
const outcomeOf = async (pdf: Uint8Array): Promise<string> => {
  try {
    const { pdf: accepted, rewritten } = await signing.engine.accept(pdf);
    await signing.provider.sign(createOrder(accepted));
    return rewritten ? 'signed, rewritten before' : 'signed';
  } catch (error) {
    return reasonOf(error);
  }
};

const outcomes: Outcomes = {};
for (const name of readdirSync(values.folder).filter((each) => each.endsWith('.pdf')))
  outcomes[name] = await outcomeOf(readFileSync(join(values.folder, name)));
signing.stop();

const readBefore = (): Outcomes => {
  try {
    return JSON.parse(readFileSync(values.before, 'utf8')) as Outcomes;
  } catch {
    return {};
  }
};
const before = readBefore();
const names = Object.keys(outcomes);

const count = (of: Outcomes, outcome: string): number => names.filter((name) => of[name] === outcome).length;

const all = [...new Set(names.flatMap((name) => [before[name], outcomes[name]]))].filter((each) => each !== undefined);
const wasOf = (name: string): string => before[name] ?? 'not known';
const changed = names.filter((name) => before[name] !== outcomes[name]);
const lines = [
  'before  now',
  ...all
    .toSorted()
    .map((each) => `${String(count(before, each)).padStart(6)} ${String(count(outcomes, each)).padStart(4)}  ${each}`),
  '',
  'What is another thing now:',
  ...changed.map((name) => `  ${name}: ${wasOf(name)} → ${outcomes[name]}`),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (values.write) writeFileSync(values.write, `${JSON.stringify(outcomes, undefined, 2)}\n`);
