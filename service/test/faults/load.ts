import { setTimeout as wait } from 'node:timers/promises';
import type { Act } from './ledger.ts';
import type { ServiceProcess } from './service-process.ts';
import type { World } from './world.ts';

const isReady = async ({ url }: ServiceProcess): Promise<boolean> => {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  return answer?.ok === true;
};

/** Signatories who act one after another, behind a balancer that sends them to instances that say they are ready. */
export const startLoad = (world: World, instances: readonly ServiceProcess[], signatories = 4) => {
  const running = new AbortController();
  const answers: Record<string, number> = {};
  let ready: ServiceProcess[] = [...instances];
  const watch = async (): Promise<void> => {
    while (!running.signal.aborted) {
      const states = await Promise.all(instances.map(isReady));
      ready = instances.filter((_, at) => states[at]);
      await wait(100);
    }
  };
  const act = async (at: number): Promise<void> => {
    for (let turn = at; !running.signal.aborted; turn += 1) {
      const instance = ready[turn % ready.length];
      if (!instance) await wait(50);
      else for (const answer of (await world.ledger.act(instance.url, pickHost(world, turn))).answers) count(answer);
    }
  };
  const count = (answer: Act['answers'][number]) => {
    answers[answer] = (answers[answer] ?? 0) + 1;
  };
  const all = Promise.all([watch(), ...Array.from({ length: signatories }, (_, at) => act(at))]);
  return {
    /** How often which answer was given. */
    async stop(): Promise<Record<string, number>> {
      running.abort();
      await all;
      return answers;
    },
  };
};

const pickHost = ({ hosts }: World, turn: number): string => hosts[turn % hosts.length]!;
