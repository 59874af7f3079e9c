import { hash } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One signature that was made. */
export interface Execution {
  identifier: string;
  /** RFC 3339. */
  at: string;
  /** SHA-256 of the document as it was sent. */
  original: string;
  /** SHA-256 of the document as it was signed. */
  document: string;
}

/** What a signature leaves behind. */
export interface Outputs {
  document: Uint8Array;
  keyCertificate: Uint8Array;
  conservationCertificate: Uint8Array;
}

const endings = { document: 'pdf', keyCertificate: 'pem', conservationCertificate: 'tsr' } as const;

/** What was signed, and how often: written before it is answered, and there again after a restart. */
export interface Ledger {
  write(identifier: string, original: Uint8Array, outputs: Outputs): Promise<void>;
  /** In the order in which they were signed. */
  executionsOf(identifier: string): readonly Execution[];
  /** How often each identifier was signed. */
  count(): Record<string, number>;
  read(execution: Execution, output: keyof Outputs): Promise<Buffer>;
}

const readLines = async (path: string): Promise<Execution[]> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Execution);
};

/** Opens the ledger of a folder: one line a signature, and its files by the signed document's digest. */
export const openLedger = async (folder: string, now: () => Date): Promise<Ledger> => {
  const [files, path] = [join(folder, 'files'), join(folder, 'executions.jsonl')];
  await mkdir(files, { recursive: true, mode: 0o700 });
  const executions = Map.groupBy(await readLines(path), ({ identifier }) => identifier);
  const pathOf = (digest: string, output: keyof Outputs): string => join(files, `${digest}.${endings[output]}`);
  return {
    async write(identifier, original, outputs) {
      const document = hash('sha256', outputs.document);
      for (const output of Object.keys(endings) as (keyof Outputs)[])
        await writeFile(pathOf(document, output), outputs[output], { mode: 0o600, flush: true });
      const execution = { identifier, at: now().toISOString(), original: hash('sha256', original), document };
      await appendFile(path, `${JSON.stringify(execution)}\n`, { mode: 0o600, flush: true });
      executions.set(identifier, [...(executions.get(identifier) ?? []), execution]);
    },
    executionsOf: (identifier) => executions.get(identifier) ?? [],
    count: () => Object.fromEntries([...executions].map(([identifier, held]) => [identifier, held.length])),
    read: (execution, output) => readFile(pathOf(execution.document, output)),
  };
};
