import { executeServerCommand } from '@web/test-runner-commands';

/** Media features by their CSS names, such as `forced-colors`; none: as the engine itself has them. */
export type Media = Partial<Record<`prefers-${string}` | 'forced-colors', string>>;

/** Answers false where the engine cannot be told. */
export async function emulate(media: Media = {}): Promise<boolean> {
  const { can } = await executeServerCommand<{ can: boolean }, Media>('emulate', media);
  return can;
}
