import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Execute } from './provider-server.ts';

/** How long a service waits for a provider that keeps it waiting, in seconds. */
export const patienceSeconds = 4;
const patienceMs = patienceSeconds * 1000;

interface Exchange {
  response: ServerResponse;
  execute: Execute;
}

const endWith = (status: number, headers: Record<string, string> = {}) =>
  async function ({ response }: Exchange): Promise<void> {
    response.writeHead(status, headers).end();
  };

/** Ways to fail, each at the first request of an order. */
const faults = {
  well: async ({ response, execute }) => void response.end(await execute()),
  late: async ({ response, execute }) => {
    await wait(patienceMs / 2);
    response.end(await execute());
  },
  refusal: endWith(400),
  '500-before': endWith(500),
  '429-before': endWith(429, { 'retry-after': '2' }),
  '503-before': endWith(503),
  'reset-before': async ({ response }) => void response.socket!.resetAndDestroy(),
  '500-after': async ({ response, execute }) => {
    await execute();
    response.writeHead(500).end();
  },
  'reset-after': async ({ response, execute }) => {
    await execute();
    response.socket!.resetAndDestroy();
  },
  truncated: async ({ response, execute }) => {
    const whole = await execute();
    response.writeHead(200, { 'content-length': whole.length });
    response.write(whole.subarray(0, whole.length / 2), () => response.destroy());
  },
  nonsense: async ({ response, execute }) => {
    await execute();
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
  },
  /** Two answers to one question, on one line. */
  twice: async ({ response, execute }) => {
    const body = await execute();
    const head = `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`;
    const whole = Buffer.concat([Buffer.from(head), body]);
    response.socket!.end(Buffer.concat([whole, whole]));
  },
  'silent-after': async ({ execute }) => void (await execute()),
  /** Signs when its client has gone, a while later. */
  'late-effect': async ({ response, execute }) => {
    await once(response, 'close');
    await wait(patienceMs / 2);
    await execute();
  },
  'slow-loris': async ({ response, execute }) => {
    const whole = await execute();
    response.writeHead(200, { 'content-length': whole.length });
    for (let at = 0; at < whole.length && !response.destroyed; at += 1) {
      response.write(whole.subarray(at, at + 1));
      await wait(100);
    }
  },
  /** Signs when a lease that is not renewed is long over. */
  'slower-than-a-lease': async ({ response, execute }) => {
    await wait(40_000);
    response.end(await execute());
  },
} satisfies Record<string, (exchange: Exchange) => Promise<void>>;

export type Fault = keyof typeof faults;
/** Those that take seconds. */
export const faultNames = (Object.keys(faults) as Fault[]).filter((name) => name !== 'slower-than-a-lease');

/** Whether nobody but the provider knows afterwards what it did. */
export const losesAnswer = (fault: Fault): boolean =>
  !['well', 'late', 'slower-than-a-lease', 'refusal', '429-before', '503-before', 'twice'].includes(fault);

export const misbehave = (fault: Fault, exchange: Exchange): Promise<void> => faults[fault](exchange);
