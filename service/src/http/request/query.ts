import { z } from 'zod';
import { Problem, toFaults } from '#problem.ts';
import type { Context } from '#http/request/route.ts';

/** How many entries a list has at most. */
export const Limit = z.coerce.number().int().min(1).max(1_000).default(100);

/**
 * The parameters of an address.
 * @throws Problem query-malformed, naming the parameter
 */
export const readQuery = <Schema extends z.ZodType>(context: Context, schema: Schema): z.infer<Schema> => {
  const { success, data, error } = schema.safeParse({ ...context.query });
  if (success) return data;
  const errors = toFaults(error.issues);
  throw new Problem('query-malformed', errors.map(({ detail }) => detail).join('; '), { errors });
};
