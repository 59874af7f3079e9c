import { shiftClock } from './clock.ts';
import { ordersVariable, type Order, type Plan } from './plan.ts';

let plan: Plan | undefined;
let passed: string[] = [];
let thrown = 0;

const measure = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().rss;
};

const obey = (order: Order): void => {
  if ('list' in order) return void process.send?.({ passed });
  if ('measure' in order) return void process.send?.({ resident: measure() });
  if ('shiftMs' in order) return void process.send?.({ shiftedMs: shiftClock(order.shiftMs) });
  plan = order.plan;
  passed = [];
  thrown = 0;
};

const told = JSON.parse(process.env[ordersVariable] ?? '[]') as Order[];
told.forEach(obey);
process.on('message', obey);
// Nobody stays alive for being spoken to.
process.channel?.unref();

const messages = { EIO: 'input/output error', ENOSPC: 'no space left on device' };

const fail = (code: 'EIO' | 'ENOSPC'): never => {
  thrown += 1;
  throw Object.assign(new Error(`${code}: ${messages[code]}`), { code, errno: code === 'EIO' ? -5 : -28 });
};

const meet = (point: string, nth: number, side: Plan['side']): void => {
  if (!plan || plan.side !== side || (plan.point && plan.point !== point)) return;
  const { act, times = 1 } = plan;
  if (act === 'kill' && nth === plan.nth) process.kill(process.pid, 'SIGKILL');
  if (act === 'freeze' && nth === plan.nth) process.kill(process.pid, 'SIGSTOP');
  if ((act === 'EIO' || act === 'ENOSPC') && nth >= plan.nth && thrown < times) fail(act);
};

/** Comes to a point; the function that is returned is called when what is done there is done. */
export const enter = (point: string): (() => void) => {
  passed.push(point);
  const nth = plan?.point ? passed.filter((other) => other === point).length : passed.length;
  meet(point, nth, 'before');
  return () => meet(point, nth, 'after');
};

type Method = (...parameters: unknown[]) => unknown;

/** What a call is a passing of; undefined where it is none. */
export type NameOf = (self: unknown, parameters: unknown[]) => string | undefined;

/** Puts a point around a method. */
export const wrap = (target: object, method: string, nameOf: NameOf): void => {
  const methods = target as Record<string, Method>;
  const original = methods[method]!;
  methods[method] = function (...parameters) {
    const point = nameOf(this, parameters);
    if (!point) return original.apply(this, parameters);
    const leave = enter(point);
    const result = original.apply(this, parameters);
    if (result instanceof Promise) return result.finally(leave);
    leave();
    return result;
  };
};
