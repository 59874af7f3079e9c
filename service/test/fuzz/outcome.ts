import { expect } from 'vitest';
import { RefusedPicture } from '#autograph/refused-picture.ts';
import { Problem } from '#problem.ts';

/** `good`, or the type of the problem. Whatever else is thrown is a bug, and goes on. */
export const outcomeOf = (work: () => unknown): string => {
  try {
    work();
    return 'good';
  } catch (error) {
    return typeOf(error);
  }
};

/** The same of work that takes its time. */
export const outcomeAfter = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'good';
  } catch (error) {
    return typeOf(error);
  }
};

const typeOf = (error: unknown): string => {
  if (error instanceof Problem || error instanceof RefusedPicture) return error.type;
  throw error;
};

/** Every text in a value that was accepted can be kept: databases refuse NUL and halves of surrogate pairs. */
export const expectStorable = (value: unknown): void => {
  if (typeof value === 'string') expect(value).toSatisfy((text: string) => text.isWellFormed() && !text.includes('\0'));
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) expectStorable(member);
};
