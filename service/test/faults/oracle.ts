import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Evidence, NotificationType, Output, SigningView } from '@tu-esign/contract';
import { expect } from 'vitest';
import { findBreak } from '#signing/evidence.ts';
import { verifySeal } from '#signing/seal.ts';
import { digestOf } from '#signing/digest.ts';
import { expectNothingPersonal } from '../problems.ts';
import { agreement } from '../running-service.ts';
import { createFolder, createTrustStore, judgeSignatures, verifyTimeStampResponse } from '../tools.ts';
import { slowness } from './extent.ts';
import type { Act } from './ledger.ts';
import { losesAnswer, type Fault } from './provider-faults.ts';
import type { World } from './world.ts';

const rests = new Set(['completed', 'failed', 'review', 'declined']);

export interface SettleOptions {
  /** Where the service answers. */
  url: string;
  /** By when all has ended, in milliseconds of a machine that does nothing else. */
  withinMs?: number;
}

/** Waits until every act was accepted and has ended, and hosts were told; acts without an answer are posted again. */
export const settle = async (world: World, { url, withinMs = 30_000 }: SettleOptions): Promise<Ended[]> => {
  const startedAt = performance.now();
  // A machine may have become busy only meanwhile.
  const deadline = () => startedAt + withinMs * slowness();
  const ended: Ended[] = [];
  for (const act of world.ledger.acts) {
    await requireAnswer(world, url, act);
    const view = await waitForEnd(world, { url, act, deadline });
    if (world.tells) await expectTold(world, view, deadline);
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

/** How many acts ended how. */
export type Verdict = Record<string, number>;

/**
 * Judges a service by what is outside of it: the answers that were given, the provider's count, the files as
 * they are downloaded, the host's receiver, poppler and openssl.
 */
export const judge = async (world: World, options: JudgeOptions): Promise<Verdict> => {
  const { url, sample = 1, every = 1, killed = false } = options;
  const verdict: Verdict = {};
  for (const [at, { act, view }] of (await settle(world, options)).entries()) {
    verdict[view.status] = (verdict[view.status] ?? 0) + 1;
    expectRightEnd(act, view, { executions: world.provider.executionsOf(view.id), killed, log: logOf(world, act) });
    const closely = (verdict['completed'] ?? 0) <= sample;
    if (view.status === 'completed' && at % every === 0)
      await expectWhole(world, { url, host: act.host, view, closely });
  }
  expectWholeFiles(world);
  for (const { lines, complaints } of world.processes) expectNothingPersonal([...lines, ...complaints].join('\n'));
  return verdict;
};

/** Accepted, or to be posted again: 408 is told by an instance that stood still while a post came in. */
const repeatable = new Set<Act['answers'][number]>([200, 202, 408, 429, 503, 'lost']);

/** What was refused for now, or not answered, is posted again, as signatories do. */
const requireAnswer = async ({ ledger }: World, url: string, act: Act): Promise<void> => {
  for (let tried = 0; tried < 20 && !act.id; tried += 1) await ledger.post(url, act);
  expect(act.id, `never accepted: ${act.answers.join()}`).toBeDefined();
  const unexpected = act.answers.filter((answer) => !repeatable.has(answer));
  expect(unexpected).toEqual([]);
};

interface Awaited {
  url: string;
  act: Act;
  deadline: () => number;
}

const logOf = ({ processes }: World, { id }: Act): string =>
  processes.flatMap(({ lines }) => lines.filter((line) => line.includes(id!))).join('\n');

const waitForEnd = async (world: World, { url, act, deadline }: Awaited): Promise<SigningView> => {
  for (;;) {
    const view = await world.ledger.view(url, act);
    if (view && rests.has(view.status)) return view;
    if (performance.now() > deadline()) throw new Error(`${act.host} is still ${view?.status}\n${logOf(world, act)}`);
    await wait(50);
  }
};

const expectRightEnd = (
  { host }: Act,
  { id, status }: SigningView,
  { executions, killed, log }: { executions: number; killed: boolean; log: string },
): void => {
  const [repeats, ...rest] = host.split('-');
  const fault = rest.join('-') as Fault;
  const context = `${host} ${id}`;
  // Nobody outside counts what the embedded provider does.
  if (host === 'embedded') expect(status, context).toBe('completed');
  else if (fault === 'refusal') expect([status, executions], context).toEqual(['failed', 0]);
  else if (repeats === 'none' && status === 'review') {
    expect(killed || losesAnswer(fault), `${context} needs no review\n${log}`).toBe(true);
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
  const follow = (href: string) => fetch(url + new URL(href).pathname + new URL(href).search);
  const download = async ({ link, digest }: Output): Promise<Buffer> => {
    const content = Buffer.from(await (await follow(link!.href)).arrayBuffer());
    expect(digestOf(content)).toBe(digest);
    return content;
  };
  const { document, keyCertificate, conservationCertificate } = view.outputs;
  const pdf = await download(document);
  expect(pdf.subarray(0, agreement.length).equals(agreement)).toBe(true);
  expect(pdf.length).toBeGreaterThan(agreement.length);
  expect(new X509Certificate(await download(keyCertificate)).subject).toContain('Ficticia');
  const response = await download(conservationCertificate);
  expectWholeChain((await (await follow(view.evidence.href)).json()) as Evidence);
  if (closely) await expectAccepted(world, { url, host, pdf, response });
};

/** Each step once and in order, however often it was begun; sealed, but for what an earlier release observed. */
const expectWholeChain = ({ signing, entries, certificates }: Evidence): void => {
  expect(findBreak(entries)).toBeUndefined();
  const { publicKey } = new X509Certificate(certificates);
  for (const { sequence, digest, seal } of entries)
    expect(!seal || verifySeal({ signing, sequence, digest }, seal, publicKey), `seal ${sequence}`).toBe(true);
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
  const judged = judgeSignatures(desk.write('signed.pdf', pdf), trust);
  expect(judged).toEqual([{ valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' }]);
  expect(verifyTimeStampResponse(desk, { response, data: pdf, rootPem }).output).toContain('Verification: OK');
  desk.remove();
};

const tellsOf: Record<string, NotificationType[]> = {
  completed: ['signing.signed', 'conservation.issued', 'signing.completed'],
  failed: ['signing.failed'],
  review: ['signing.review'],
};

/** The host was told how each signing ended, at least once and under one id. */
const expectTold = async ({ receiver }: World, { id, status }: SigningView, deadline: () => number): Promise<void> => {
  for (const type of tellsOf[status] ?? []) {
    while (receiver.idsOf(id, type) === 0 && performance.now() < deadline() && !receiver.faulty.length) await wait(50);
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
