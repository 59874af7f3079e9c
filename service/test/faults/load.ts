import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceProcess } from './service-process.ts';
import type { World } from './world.ts';

/** What became of a load. */
export interface Load {
  /** How often which answer was given. */
  answers: Record<string, number>;
  /** Of each post, in milliseconds. */
  latencies: number[];
  seconds: number;
}

const checkEveryMs = 100;

/** An instance that does not say in time that it is ready is not. */
const isReady = async ({ url }: ServiceProcess): Promise<boolean> => {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
  return answer?.ok === true;
};

export interface LoadOptions {
  /** Who act at once. */
  signatories: number;
  /** What each of them waits before the next act, in milliseconds. */
  pauseMs?: number;
}

/** Signatories who act one after another, behind a balancer that sends them to instances that say they are ready. */
export const startLoad = (world: World, instances: readonly ServiceProcess[], options: LoadOptions) => {
  const { signatories, pauseMs = 0 } = options;
  const running = new AbortController();
  const startedAt = performance.now();
  const load: Load = { answers: {}, latencies: [], seconds: 0 };
  const ready = instances.map(() => true);

  const watch = async (at: number): Promise<void> => {
    while (!running.signal.aborted) {
      ready[at] = await isReady(instances[at]!);
      await wait(checkEveryMs);
    }
  };
  const choose = (turn: number, refused: readonly string[]): string | undefined => {
    const asked = instances.filter(({ url }) => !refused.includes(url));
    const able = asked.filter((instance) => ready[instances.indexOf(instance)]);
    return (able[turn % able.length] ?? asked[0])?.url;
  };
  const act = async (turn: number): Promise<void> => {
    const askedAt = performance.now();
    // Chosen at the last moment: what is known of an instance gets old.
    const host = world.hosts[turn % world.hosts.length]!;
    const { answers } = await world.ledger.act((refused) => choose(turn, refused), host);
    load.latencies.push(performance.now() - askedAt);
    for (const answer of answers) load.answers[answer] = (load.answers[answer] ?? 0) + 1;
  };
  const keepActing = async (from: number): Promise<void> => {
    for (let turn = from; !running.signal.aborted; turn += 1) {
      await (ready.includes(true) ? act(turn) : wait(checkEveryMs / 2));
      await wait(pauseMs);
    }
  };

  const all = Promise.all([
    ...instances.map((_, at) => watch(at)),
    ...Array.from({ length: signatories }, (_, at) => keepActing(at)),
  ]);
  const stop = async (): Promise<Load> => {
    running.abort();
    await all;
    return { ...load, seconds: (performance.now() - startedAt) / 1000 };
  };
  return { stop, after: (ms: number): Promise<Load> => wait(ms).then(stop) };
};
