import type { KeyFiles } from './key-storage.ts';

/** One of several keys for the same, by its name in the files. */
export interface Generation {
  name: string;
  /** When it came, or will come, into force, in milliseconds; the first one always was. */
  from: number;
}

/** The name of a key that comes into force at a time: its time is in it, so that one file says all. */
export const nameGeneration = (base: string, from: number): string => `${base}@${from}`;

/** Keys of which there is a file with this ending, the oldest first. */
export const listGenerations = (files: KeyFiles, base: string, ending = ''): Generation[] =>
  Object.keys(files)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, file.length - ending.length))
    .filter((name) => name === base || new RegExp(`^${base}@\\d+$`).test(name))
    .map((name) => ({ name, from: Number(name.split('@')[1] ?? 0) }))
    .sort((one, other) => one.from - other.from);

/** The one in force at a time. @param generations at least one, the oldest first */
export const inForce = <T extends { from: number }>(generations: readonly T[], at: number): T =>
  generations.findLast(({ from }) => from <= at) ?? generations[0]!;
