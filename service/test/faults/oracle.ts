import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence, NotificationType, Output, SigningView } from '@tu-esign/contract';
import { expect } from 'vitest';
import { findBreak, isSealedBy } from '../evidence-chain.ts';
import { digestOf } from '#signing/digest.ts';
import { expectNothingPersonal } from '../problems.ts';
import { agreement } from '../running-service.ts';
import { createFolder, createTrustStore, judgePersons, verifyTimeStampResponse } from '../tools.ts';
import { until, untilAnswered } from '../until.ts';
import type { Act } from './ledger.ts';
import { losesAnswer, type Fault } from './provider-faults.ts';
import { expectNamedFiles, keptIn } from './named-files.ts';
import type { World } from './world.ts';

const rests = new Set(['completed', 'failed', 'review', 'declined']);

export interface SettleOptions {
  /** Where the service answers. */
  url: string;
}

/** Waits until every act was accepted and has ended, and hosts were told; acts without an answer are posted again. */
export const settle = async (world: World, { url }: SettleOptions): Promise<Ended[]> => {
  const ended: Ended[] = [];
  for (const act of world.ledger.acts) {
    await requireAnswer(world, url, act);
    const view = await waitForEnd(world, url, act);
    if (world.tells) await expectTold(world, act, view);
    ended.push({ act, view });
  }
  return ended;
};

/** An act and how it ended. */
interface Ended {
  act: Act;
  view: SigningView;
}

export interface JudgeOptions extends SettleOptions {
  /** How many signed documents pdfsig and openssl are asked about. */
  sample?: number;
  /** The files of every so manieth signing are downloaded. */
  every?: number;
  /** Whether a process was killed meanwhile, so that any answer may have been lost. */
  killed?: boolean;
}

/** How many acts ended how; `late` are those in review whose provider was slower, on a busy machine, than it is waited for. */
export type Verdict = Record<string, number>;

/** All were completed; of those that were late it is not known. */
export const expectCompleted = (verdict: Verdict): void =>
  expect(Object.keys(verdict).filter((end) => end !== 'late')).toEqual(['completed']);

/**
 * Judges a service by what is outside of it: the answers that were given, the provider's count, the files as
 * they are downloaded, the host's receiver, poppler and openssl.
 */
export const judge = async (world: World, options: JudgeOptions): Promise<Verdict> => {
  const { url, sample = 1, every = 1, killed = false } = options;
  const verdict: Verdict = {};
  for (const [at, { act, view }] of (await settle(world, options)).entries()) {
    const isLate = waitedInVain(world, act);
    expectRightEnd(world, { act, view, mayHaveLost: killed || isLate });
    const end = view.status === 'review' && isLate ? 'late' : view.status;
    verdict[end] = (verdict[end] ?? 0) + 1;
    const closely = (verdict['completed'] ?? 0) <= sample;
    if (view.status === 'completed' && at % every === 0)
      await expectWhole(world, { url, host: act.host, view, closely });
  }
  expectWholeFiles(world);
  const data = join(world.folder.path, 'data');
  // What several share is looked at when all have ended.
  if (existsSync(join(data, 'records.sqlite'))) await expectNamedFiles(world, keptIn(data));
  for (const { lines, complaints } of world.processes) expectNothingPersonal([...lines, ...complaints].join('\n'));
  return verdict;
};

/** Accepted, or to be posted again: 408 is told by an instance that stood still while a post came in. */
const repeatable = new Set<Act['answers'][number]>([200, 202, 408, 429, 503, 'lost']);

/** What was refused for now, or not answered, is posted again, as signatories do. */
const requireAnswer = async ({ ledger }: World, url: string, act: Act): Promise<void> => {
  const post = async (): Promise<string | undefined> => act.id ?? (await ledger.post(url, act)).id;
  await until(`an act of ${act.host} that is accepted`, post, { log: () => act.answers.join() });
  const unexpected = act.answers.filter((answer) => !repeatable.has(answer));
  expect(unexpected, act.losses.join('\n')).toEqual([]);
};

const linesOf = ({ processes }: World, { id }: Act): string[] =>
  processes.flatMap(({ lines }) => lines.filter((line) => line.includes(id!)));

/** What a wait for an act goes by: anything that moves in its world. */
const meanwhile = (world: World, act: Act) => ({
  progress: world.progress,
  log: () => linesOf(world, act).join('\n'),
});

const waitForEnd = (world: World, url: string, act: Act): Promise<SigningView> => {
  const look = async (): Promise<SigningView | undefined> => {
    const view = await world.ledger.view(url, act);
    return view && rests.has(view.status) ? view : undefined;
  };
  return until(`the end of ${act.host} ${act.id}`, look, meanwhile(world, act));
};

/** For so long an instance may be at a step without having renewed its lease, in milliseconds. */
const leaseMs = 25_000;

/** Whether a service gave up its call: a provider on a busy machine may be slower than it is waited for. */
const waitedInVain = (world: World, act: Act): boolean =>
  linesOf(world, act)
    .map((line) => JSON.parse(line) as { message: string; step?: string; durationMs?: number })
    .filter(({ message, step }) => message === 'a step ended' && step === 'submitting')
    .some(({ durationMs = 0 }) => durationMs >= Math.min(world.providerMs, leaseMs));

interface Judged extends Ended {
  /** Whether an answer may have been lost that the provider gave. */
  mayHaveLost: boolean;
}

const expectRightEnd = (world: World, { act, view, mayHaveLost }: Judged): void => {
  const { host } = act;
  const { id, status } = view;
  const executions = world.provider.executionsOf(id);
  const [repeats, ...rest] = host.split('-');
  const fault = rest.join('-') as Fault;
  const context = `${host} ${id}`;
  // Nobody outside counts what the embedded provider does.
  if (host === 'embedded') expect(status, context).toBe('completed');
  else if (fault === 'refusal') expect([status, executions], context).toEqual(['failed', 0]);
  else if (repeats === 'none' && status === 'review') {
    expect(mayHaveLost || losesAnswer(fault), `${context} needs no review\n${linesOf(world, act).join('\n')}`).toBe(
      true,
    );
    expect(executions, context).toBeLessThanOrEqual(1);
  } else expect([status, executions], context).toEqual(['completed', 1]);
};

interface Downloaded {
  url: string;
  host: string;
  view: SigningView;
  closely: boolean;
}

const expectWhole = async (world: World, { url, host, view, closely }: Downloaded): Promise<void> => {
  // Links are made for the public address.
  const follow = (href: string) =>
    untilAnswered('a file', () => fetch(url + new URL(href).pathname + new URL(href).search));
  const download = async ({ link, digest }: Output): Promise<Buffer> => {
    const content = Buffer.from(await (await follow(link!.href)).arrayBuffer());
    expect(digestOf(content)).toBe(digest);
    return content;
  };
  const {
    document,
    'key-certificate': keyCertificate,
    'conservation-certificate': conservationCertificate,
  } = view.outputs;
  const pdf = await download(document);
  expect(pdf.subarray(0, agreement.length).equals(agreement)).toBe(true);
  expect(pdf.length).toBeGreaterThan(agreement.length);
  expect(new X509Certificate(await download(keyCertificate)).subject).toContain('Ficticia');
  const response = await download(conservationCertificate);
  expectWholeChain((await (await follow(view.evidence.href)).json()) as Evidence);
  if (closely) await expectAccepted(world, { url, host, pdf, response });
};

/** Each step once and in order, however often it was begun; sealed, of what was observed at once the last. */
const expectWholeChain = ({ signing, entries, certificates }: Evidence): void => {
  expect(findBreak(entries)).toBeUndefined();
  const { publicKey } = new X509Certificate(certificates);
  for (const { sequence, digest, seal } of entries)
    expect(!seal || isSealedBy(publicKey, { signing, sequence, digest }, seal), `seal ${sequence}`).toBe(true);
  expect(entries.at(-1)!.seal).not.toBe('');
  const ends = entries.map(({ kind }) => kind).filter((kind) => ['signed', 'conserved', 'completed'].includes(kind));
  expect(ends).toEqual(['signed', 'conserved', 'completed']);
};

interface Closely {
  url: string;
  host: string;
  pdf: Buffer;
  response: Buffer;
}

/** What poppler and openssl say. */
const expectAccepted = async ({ provider }: World, { url, host, pdf, response }: Closely): Promise<void> => {
  const rootPem = await (await fetch(`${url}/v1/authority.pem`)).text();
  const desk = createFolder();
  const trust = createTrustStore(desk, host === 'embedded' ? rootPem : provider.rootPem);
  const judged = judgePersons(desk.write('signed.pdf', pdf), trust);
  expect(judged).toEqual([{ valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' }]);
  expect(verifyTimeStampResponse(desk, { response, data: pdf, rootPem }).output).toContain('Verification: OK');
  desk.remove();
};

const tellsOf: Record<string, NotificationType[]> = {
  completed: [
    'signing.signed',
    'key-certificate.issued',
    'conservation-certificate.issued',
    'signing.completed',
    'agreement.completed',
  ],
  failed: ['signing.failed', 'agreement.ended'],
  review: ['signing.review'],
};

/** The host was told how each signing ended, at least once and under one id. */
const expectTold = async (world: World, act: Act, { id, status }: SigningView): Promise<void> => {
  const { receiver } = world;
  for (const type of tellsOf[status] ?? []) {
    const look = () => receiver.idsOf(id, type) > 0 || receiver.faulty.length > 0 || undefined;
    await until(`${type} of ${id}`, look, meanwhile(world, act));
    expect(receiver.faulty).toEqual([]);
    expect(receiver.idsOf(id, type), `${type} of ${id}`).toBe(1);
  }
};

/** What has a digest for its name has that digest: nothing half-written is taken for a file. */
const expectWholeFiles = ({ folder }: World): void => {
  const files = join(folder.path, 'data', 'files');
  const entries = existsSync(files) ? readdirSync(files, { recursive: true, withFileTypes: true }) : [];
  for (const entry of entries.filter(({ name }) => /^[0-9a-f]{64}$/.test(name)))
    expect(digestOf(readFileSync(join(entry.parentPath, entry.name)))).toBe(entry.name);
};
