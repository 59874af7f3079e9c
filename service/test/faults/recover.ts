import { expect } from 'vitest';
import type { ServiceProcess } from './service-process.ts';
import type { StartOptions, World } from './world.ts';

/** On a busy machine a database may answer later than a start waits for it: started again, as an orchestrator does. */
const startsAtMost = 5;
const wasTooEarly = (service: ServiceProcess): boolean =>
  service.hasEnded() && service.lines.some((line) => line.includes('"problem":"storage-unavailable"'));

/** Starts what has ended. */
export const recover = async (world: World, options: StartOptions = {}): Promise<ServiceProcess> => {
  let service = await world.start(options);
  for (let starts = 1; starts < startsAtMost && wasTooEarly(service); starts += 1) service = await world.start(options);
  expect(service.hasEnded(), [...service.complaints, ...service.lines.slice(-5)].join('\n')).toBe(false);
  return service;
};
