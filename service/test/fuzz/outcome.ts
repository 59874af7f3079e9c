import { expect } from 'vitest';
import { Problem } from '#problem.ts';

/** `good`, or the type of the problem. Whatever else is thrown is a bug, and goes on. */
export const outcomeOf = (work: () => unknown): string => {
  try {
    work();
    return 'good';
  } catch (error) {
    if (error instanceof Problem) return error.type;
    throw error;
  }
};

/** The same of work that takes its time. */
export const outcomeAfter = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'good';
  } catch (error) {
    if (error instanceof Problem) return error.type;
    throw error;
  }
};

/** Every text in a value that was accepted can be kept: databases refuse NUL and halves of surrogate pairs. */
export const expectStorable = (value: unknown): void => {
  if (typeof value === 'string') expect(value).toSatisfy((text: string) => text.isWellFormed() && !text.includes('\0'));
  if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) expectStorable(member);
};
