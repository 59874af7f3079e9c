import { randomUUID } from 'node:crypto';
import { AgreementView, Notification, SigningList, type NotificationType } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { digestOf } from '#signing/digest.ts';
import { follow, postUnseen, read, show } from '../requests.ts';
import { agreement } from '../running-service.ts';
import { createTokens } from '../tokens.ts';
import { until } from '../until.ts';
import { createBackEnd } from './back-end.ts';
import { choose } from './extent.ts';
import { endsByItself, expectKills, goOn, toPlaces, watching } from './kills.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import type { Place } from './plan.ts';
import type { ServiceProcess } from './service-process.ts';
import { audience, createWorld, type World } from './world.ts';

/** Withdrawals of what nobody has signed yet, while processes are killed at places on the way: at few, or at all. */

const host = 'key-well';
const reason = 'Contrato equivocado';
const backEnd = createBackEnd(host);
const tokens = createTokens(audience);

/** One agreement that a host asks for, and withdraws. */
interface Asked {
  identifier: string;
  token: string;
}

/** Uploaded, shown to its signatory, and not signed. */
const askFor = async (service: ServiceProcess): Promise<Asked> => {
  const identifier = randomUUID();
  const claims = { iss: `https://${host}.example` };
  const token = await tokens.signing(identifier, digestOf(agreement), { claims });
  await show(service, token);
  return { identifier, token };
};

/** Whether it was answered; where it was not, the process has ended. */
const withdraw = async (service: ServiceProcess, { identifier }: Asked): Promise<boolean> => {
  const answer = await backEnd.ask(service.url, `/v1/agreements/${identifier}/withdraw`, { reason });
  if (!answer) return false;
  expect(answer.status).toBe(200);
  expect(AgreementView.parse(answer.body)).toMatchObject({ identifier, reason: 'withdrawn', withdrawal: { reason } });
  return true;
};

/** The ids under which the host was told something of an agreement. */
const toldOf = ({ receiver }: World, { identifier }: Asked, ...types: NotificationType[]): Set<string> => {
  const told = receiver.arrived.map(({ body }) => Notification.parse(JSON.parse(body)));
  const ofIt = told.filter(({ data, type }) => data.identifier === identifier && types.includes(type));
  return new Set(ofIt.map(({ id }) => id));
};

const untilTold = (world: World, asked: Asked): Promise<true> =>
  until('what a host is told of its withdrawal', () => toldOf(world, asked, 'agreement.ended').size > 0 || undefined);

/** Whether the service says in every place that it is withdrawn; fails where one place says otherwise than another. */
const isWithdrawn = async (service: ServiceProcess, { identifier, token }: Asked): Promise<boolean> => {
  const listed = (await backEnd.ask(service.url, `/v1/signings?identifier=${identifier}`))!;
  const { signings, agreement } = SigningList.parse(listed.body);
  const alone = (await backEnd.ask(service.url, `/v1/agreements/${identifier}`))!;
  const { status } = await read(service, '/v1/signing-request', token);
  expect(signings).toEqual([]);
  const isDone = agreement?.withdrawal !== undefined;
  expect([alone.status, status]).toEqual(isDone ? [200, 410] : [404, 200]);
  if (isDone)
    expect(agreement).toMatchObject({ reason: 'withdrawn', withdrawal: { reason }, sequence: { state: 'ended' } });
  return isDone;
};

/** Nothing is left of a withdrawal that did not come to be: who was asked signs. */
const signIt = async (service: ServiceProcess, { token }: Asked): Promise<void> => {
  const response = await postUnseen(service, token);
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  expect((await follow(service, id, token)).at(-1)!.status).toBe('completed');
};

interface Outcome {
  asked: Asked;
  withdrawn: boolean;
}

const withdrawAndKill = async (
  world: World,
  service: ServiceProcess,
  place: Place,
): Promise<[ServiceProcess, Outcome]> => {
  const asked = await askFor(service);
  service.follow({ ...place, act: 'kill' });
  const answered = await withdraw(service, asked);
  if (answered) await Promise.race([service.ended, untilTold(world, asked)]);
  const recovered = await goOn(world, service);
  const withdrawn = await isWithdrawn(recovered, asked);
  if (answered) expect(withdrawn).toBe(true);
  if (withdrawn) await untilTold(world, asked);
  else await signIt(recovered, asked);
  return [recovered, { asked, withdrawn }];
};

const recordWithdrawal = async (world: World): Promise<Place[]> => {
  const service = await recover(world);
  await world.upload(service);
  const asked = await askFor(service);
  service.follow(watching);
  await withdraw(service, asked);
  await untilTold(world, asked);
  await endsByItself(service);
  const passed = await service.listPassed();
  await service.signal('SIGTERM');
  return toPlaces(passed);
};

/** What was withdrawn is so for good: nobody signs it, and to withdraw it again tells nobody anything. */
const expectFinal = async (world: World, service: ServiceProcess, { asked, withdrawn }: Outcome): Promise<void> => {
  const ends = toldOf(world, asked, 'agreement.ended', 'signing.withdrawn');
  expect(ends.size).toBe(withdrawn ? 1 : 0);
  expect(toldOf(world, asked, 'agreement.completed').size).toBe(withdrawn ? 0 : 1);
  if (!withdrawn) return;
  expect((await postUnseen(service, asked.token)).status).toBe(410);
  expect(await withdraw(service, asked)).toBe(true);
  expect(await isWithdrawn(service, asked)).toBe(true);
};

test('killed at places of a withdrawal: it is withdrawn and told once, or not at all and can be signed', async () => {
  const world = await createWorld({ providers: [host] });
  const places = choose(await recordWithdrawal(world), 10);
  let service = await recover(world);
  const outcomes: Outcome[] = [];
  for (const place of places) {
    const [next, outcome] = await withdrawAndKill(world, service, place);
    service = next;
    outcomes.push(outcome);
  }
  for (const outcome of outcomes) await expectFinal(world, service, outcome);
  await world.ledger.act(service.url, host);
  expect(await judge(world, { url: service.url })).toEqual({ completed: 1 });
  // To withdraw again has told nothing anew, however late.
  for (const { asked, withdrawn } of outcomes)
    expect(toldOf(world, asked, 'agreement.ended').size).toBe(withdrawn ? 1 : 0);
  const done = outcomes.filter(({ withdrawn }) => withdrawn).length;
  expectKills(world, `withdrawals, ${done} done and ${outcomes.length - done} not`, places);
  // Killed before and after it was written, both are seen.
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(outcomes.length);
  await world.remove();
});
