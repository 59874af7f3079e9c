import { executeServerCommand } from '@web/test-runner-commands';
import type { Emulation } from './engines/emulate.ts';

/** Media features by their CSS names, such as `forced-colors`; none: as the engine itself has them. */
export type Media = Partial<Record<`prefers-${string}` | 'forced-colors', string>>;

/** Answers false where the engine cannot be told. */
export const emulate = (media: Media = {}): Promise<boolean> => command({ features: media as Record<string, string> });

/** Moves the window to a screen of that density, or back; answers false where the engine cannot be told. */
export function emulateDensity(density?: number): Promise<boolean> {
  // Chromium tells a page of an emulated density only along with another size.
  const height = innerHeight % 2 === 0 ? innerHeight + 1 : innerHeight - 1;
  return command({ screen: density ? { width: innerWidth, height, density } : null });
}

async function command(emulation: Emulation): Promise<boolean> {
  const { can } = await executeServerCommand<{ can: boolean }, Emulation>('emulate', emulation);
  return can;
}
