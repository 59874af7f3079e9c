import type { SigningView } from '@tu-esign/contract';
import type { ServiceClient } from './service-client.ts';

const pollEvery = 1_000;
const longestPause = 60_000;
const final = new Set(['completed', 'failed', 'declined']);

export interface FollowOptions {
  client: ServiceClient;
  id: string;
  signal: AbortSignal;
  /** Nobody waits any more: what is still to come is asked for at leisure. */
  isSigned: () => boolean;
}

/** Each change of a signing until its end. Whatever ends the stream, polling goes on, and says what is really wrong. */
export async function* follow({ client, id, signal, isSigned }: FollowOptions): AsyncGenerator<SigningView> {
  for await (const signing of stream(client, id)) {
    yield signing;
    if (final.has(signing.status)) return;
  }
  for (let pause = pollEvery; !signal.aborted; pause = isSigned() ? Math.min(pause * 1.5, longestPause) : pollEvery) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const signing = await client.readSigning(id);
    yield signing;
    if (final.has(signing.status)) return;
  }
}

async function* stream(client: ServiceClient, id: string): AsyncGenerator<SigningView> {
  try {
    for await (const signing of client.follow(id)) yield signing;
  } catch {
    return;
  }
}
