import type { TestRunnerConfig } from '@web/test-runner';

type Launcher = NonNullable<TestRunnerConfig['browsers']>[number] & { getPage(id: string): unknown };

/**
 * Several browsers that the runner takes for one, so that files run side by side: each in a window that is in front.
 * In tabs of one browser, all but one would have no focus, and wait for frames.
 */
export function lanesOf(count: number, create: () => Launcher): Launcher {
  const lanes = Array.from({ length: count }, create);
  const taken = new Map<string, Launcher>();
  const { name, type } = lanes[0]!;
  const take = (id: string): Launcher => {
    const lane = lanes.find((one) => ![...taken.values()].includes(one))!;
    taken.set(id, lane);
    return lane;
  };
  const laneOf = (id: string): Launcher => taken.get(id)!;

  return {
    name,
    type,
    concurrency: count,
    initialize: async (...about) => {
      for (const lane of lanes) await lane.initialize?.(...about);
    },
    getPage: (id) => laneOf(id).getPage(id),
    startSession: (id, url) => take(id).startSession(id, url),
    isActive: (id) => taken.get(id)?.isActive(id) ?? false,
    getBrowserUrl: (id) => laneOf(id).getBrowserUrl(id),
    stopSession: (id) =>
      laneOf(id)
        .stopSession(id)
        .finally(() => taken.delete(id)),
    startDebugSession: (id, url) => lanes[0]!.startDebugSession(id, url),
    stop: async () => {
      await Promise.all(lanes.map(async (lane) => lane.stop?.()));
    },
  };
}
