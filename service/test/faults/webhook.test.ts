import { isDeepStrictEqual } from 'node:util';
import { test } from 'vitest';
import { answerWith, type Answer } from '../receiver.ts';
import { until } from '../until.ts';
import { extent, tell } from './extent.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import { createWorld } from './world.ts';

const loseAnswer: Answer = (response) => void response.socket!.resetAndDestroy();
/** A machine that is busy loses the second attempt as well, and the third comes five minutes later. */
const thirdAttemptMs = 7 * 60_000;

const redirect: Answer = (response) => void response.writeHead(302, { location: '/hook/elsewhere' }).end();

/** What a host's receiver does with a message when it comes for the first time, and how often it comes in all. */
const troubles: Record<string, { first: Answer; times: number }> = {
  'key-well': { first: answerWith(500), times: 2 },
  'lookup-well': { first: answerWith(410), times: 1 },
  'none-well': { first: redirect, times: 2 },
  embedded: { first: loseAnswer, times: 2 },
};

test('a receiver that fails, redirects or loses its answer gets each message again under its id, one that is gone does not', async () => {
  const world = await createWorld({ providers: Object.keys(troubles) });
  const { receiver } = world;
  const counts = new Map<string, number>();
  receiver.answer = (response, at) => {
    const { headers, path } = receiver.arrived[at]!;
    const message = `${path} ${String(headers['webhook-id'])}`;
    const times = (counts.get(message) ?? 0) + 1;
    counts.set(message, times);
    const answer = times === 1 ? troubles[path.replace('/hook/', '')]!.first : answerWith(204);
    answer(response, at);
  };
  const service = await recover(world);
  await world.upload(service);
  for (const host of world.hosts)
    for (let round = 0; round < extent(1, 10); round += 1) await world.ledger.act(service.url, host);
  const expected = Object.entries(troubles).flatMap(([host, { times }]) =>
    // Signed, key certificate, conserved, completed, and the agreement as a whole.
    Array.from({ length: 5 * extent(1, 10) }, () => `/hook/${host} ${times}`),
  );
  const arrived = () => [...counts].map(([message, times]) => `${message.split(' ')[0]} ${times}`);
  const isAll = () => isDeepStrictEqual(arrived().sort(), expected.sort()) || undefined;
  const log = () => [`ended: ${service.hasEnded()}`, ...service.complaints, ...service.lines.slice(-40)].join('\n');
  await until(`each of ${expected.join()}`, isAll, { progress: arrived, stillMs: thirdAttemptMs, log });
  // It stops the service at its end, which then sends nothing again.
  const verdict = await judge(world, { url: service.url, sample: 0 });
  tell(
    `webhooks in trouble: ${receiver.arrived.length} attempts for ${counts.size} messages, ${JSON.stringify(verdict)}`,
  );
  await world.remove();
});
