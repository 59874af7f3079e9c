import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import type { SignedDocument, SigningOrder } from '#providers/provider.ts';
import { startEmbeddedSigning } from '../embedded-signing.ts';
import { misbehave, type Fault } from './provider-faults.ts';

/** What the provider holds of one order. */
interface Held {
  /** How often it has signed. */
  executions: number;
  /** Sign requests that came. */
  asked: number;
  signed?: Promise<SignedDocument>;
}

/** Does what an order asks: signs, and counts it. */
export type Execute = () => Promise<Buffer>;

/**
 * A provider that really signs, with an authority of its own, and counts how often it did for each order. Its
 * address says what it can do and how it fails at an order's first request: `/key-late/orders/{id}`.
 */
export const startProvider = async () => {
  // Its authority is older than any clock of a test's is behind.
  const clock = { shiftMs: -2 * 3_600_000 };
  const signing = await startEmbeddedSigning(() => new Date(Date.now() + clock.shiftMs));
  clock.shiftMs = 0;
  const orders = new Map<string, Held>();
  const hold = (id: string): Held => {
    const held = orders.get(id) ?? { executions: 0, asked: 0 };
    orders.set(id, held);
    return held;
  };

  const execute = async (order: SigningOrder, held: Held, byKey: boolean): Promise<Buffer> => {
    if (!byKey || !held.signed) {
      held.executions += 1;
      held.signed = signing.provider.sign(order);
      held.signed.catch(() => {
        // It took too long on a busy machine: that is no signature.
        held.executions -= 1;
        delete held.signed;
      });
    }
    return serialize(await held.signed);
  };

  const find = async ({ signed }: Held, response: ServerResponse): Promise<void> => {
    if (signed) response.end(serialize(await signed));
    else response.writeHead(404).end();
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, repeats, fault, id] = /^\/(\w+)-([\w-]+)\/orders\/(.+)$/.exec(request.url!) as unknown as [
      string,
      string,
      Fault,
      string,
    ];
    const held = hold(id);
    if (request.method === 'GET') return find(held, response);
    const order = deserialize(Buffer.concat(await request.toArray())) as SigningOrder;
    held.asked += 1;
    const first = held.asked === 1;
    await misbehave(first ? fault : 'well', { response, execute: () => execute(order, held, repeats === 'key') });
  };

  const server = createServer((request, response) => {
    // Whoever goes away in the middle is not answered.
    void answer(request, response).catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How far its clock is before the machine's: what it stamps in the future is not believed. */
    clock,
    rootPem: signing.authority.rootPem,
    store: signing.store,
    /** How often it was asked to sign. */
    askedFor: (id: string): number => orders.get(id)?.asked ?? 0,
    executionsOf: (id: string): number => orders.get(id)?.executions ?? 0,
    /** Orders in all, and how often one was signed more than once. */
    summary: () => ({ orders: orders.size, twice: [...orders.values()].filter((held) => held.executions > 1).length }),
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      // What was begun after its client has gone ends first.
      await wait(50);
      signing.stop();
    },
  };
};
