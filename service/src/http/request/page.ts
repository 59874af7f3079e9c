import { z } from 'zod';

/** Where a list goes on: behind what changed then, and has this id. */
export interface Place {
  updatedAt: number;
  id: string;
}

const form = /^(\d{1,16})\.([\w-]{1,64})$/;

/** What a list was left with, as its caller gives it back: opaque to them. */
export const Cursor = z
  .string()
  .max(200)
  .transform((text, context): Place => {
    const [, updatedAt, id] = form.exec(Buffer.from(text, 'base64url').toString()) ?? [];
    if (id !== undefined) return { updatedAt: Number(updatedAt), id };
    context.addIssue({ code: 'custom', message: 'a cursor is what an answer before gave as nextCursor' });
    return z.NEVER;
  });

export const cursorOf = ({ updatedAt, id }: Place): string => Buffer.from(`${updatedAt}.${id}`).toString('base64url');

/** A part of a list, and how it goes on. */
export interface Page<Item> {
  items: Item[];
  hasMore: boolean;
  /** Behind the last item, where there is one: also where no more are there yet. */
  nextCursor?: string;
}

/** @param found one more than the limit, where there are more */
export const toPage = <Item>(found: Item[], limit: number, cursorOf: (last: Item) => string): Page<Item> => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, hasMore: found.length > limit, ...(last && { nextCursor: cursorOf(last) }) };
};
