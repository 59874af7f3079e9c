import { z } from 'zod';
import { faultNames, isFault, type FaultName } from './faults.ts';

/** What is to go wrong: with which requests, and how often. */
export const FaultOrder = z.strictObject({
  fault: z.enum(faultNames),
  /** The last part of the address, in any case; any method where absent. */
  method: z.string().optional(),
  /** Any where absent. */
  identifier: z.string().optional(),
  times: z.int().min(1).default(1),
});
export type FaultOrder = z.input<typeof FaultOrder>;

interface Request {
  /** The address in lower case. */
  path: string;
  identifier: unknown;
  /** The header `x-sandbox`: the fault it names comes before those that were ordered. */
  header: string | undefined;
}

const concerns = ({ method, identifier }: FaultOrder, request: Request): boolean =>
  (method === undefined || request.path.endsWith(`/${method.toLowerCase()}`)) &&
  (identifier === undefined || identifier === request.identifier);

/** What is still to go wrong, in the order in which it was asked for. */
export const createFaultOrders = () => {
  const orders: z.output<typeof FaultOrder>[] = [];
  return {
    add: (order: FaultOrder): void => void orders.push(FaultOrder.parse(order)),
    /** What goes wrong with a request, once less from then on. */
    take(request: Request): FaultName | undefined {
      if (isFault(request.header)) return request.header;
      const order = orders.find((one) => one.times > 0 && concerns(one, request));
      if (order) order.times -= 1;
      return order?.fault;
    },
  };
};
export type FaultOrders = ReturnType<typeof createFaultOrders>;
