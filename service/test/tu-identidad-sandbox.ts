import { join } from 'node:path';
import { TuIdentidad, type TuIdentidadEntry, type TuIdentidadSettings } from '#tu-identidad/settings.ts';
import { startSandbox, type SandboxOptions } from '../sandbox/sandbox.ts';
import { createFolder } from './tools.ts';

export type { FaultName } from '../sandbox/faults.ts';

/** Found nowhere but in the header of a request. */
export const apiKey = 'the-company-s-api-key-4f1c';

/** A sandbox on a folder of its own, and what the service is told of it. */
export const startTuIdentidad = async (options: Partial<SandboxOptions> = {}) => {
  const folder = createFolder();
  const delays = { certificates: 0 };
  const sandbox = await startSandbox({ folder: join(folder.path, 'sandbox'), apiKey, delays, ...options });
  /** An entry of the hosts file, read. */
  const configure = (changes: Partial<TuIdentidadEntry> = {}): TuIdentidadSettings => {
    const named = { kind: 'tu-identidad', name: 'vendor', url: sandbox.url, allowPrivate: true };
    const own = { ...named, apiKey, requestsPerMinute: 10_000 };
    const settings = TuIdentidad.parse({ ...own, ...changes });
    return {
      ...settings,
      conservationRoots: [sandbox.rootPem],
      // The sandbox's time-stamps have a policy of their own.
      conservationPolicies: ['2.25.'],
      apiKey: settings.apiKey!,
    };
  };
  const stop = async (): Promise<void> => {
    await sandbox.stop();
    folder.remove();
  };
  return { ...sandbox, configure, stop };
};
export type RunningTuIdentidad = Awaited<ReturnType<typeof startTuIdentidad>>;
