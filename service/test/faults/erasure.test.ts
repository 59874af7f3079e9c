import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ErasureView } from '@tu-esign/contract';
import { expect, test } from 'vitest';
import { isSealedNote } from '../evidence-chain.ts';
import { until } from '../until.ts';
import { createBackEnd } from './back-end.ts';
import { choose } from './extent.ts';
import { expectKills, goOn, toPlaces, watching } from './kills.ts';
import { recover } from './recover.ts';
import { judge } from './oracle.ts';
import type { Place } from './plan.ts';
import type { ServiceProcess } from './service-process.ts';
import { createWorld, type World } from './world.ts';

/** Erasures, while processes are killed at places on the way: at few, or at all. */

const host = 'key-well';
const backEnd = createBackEnd(host);

interface Person {
  id: string;
  email: string;
}

/** Its id; undefined where the answer was lost. */
const wish = async ({ url }: ServiceProcess, { email }: Person): Promise<string | undefined> => {
  const answer = await backEnd.ask(url, '/v1/erasures', { email });
  if (answer) expect(answer.status).toBe(202);
  return answer && ErasureView.parse(answer.body).id;
};

const untilErased = (service: ServiceProcess, id: string): Promise<ErasureView | undefined> =>
  until('the end of an erasure', async () => {
    const answer = await backEnd.ask(service.url, `/v1/erasures/${id}`);
    const view = answer?.status === 200 ? ErasureView.parse(answer.body) : undefined;
    return view?.state === 'erased' ? view : undefined;
  });

const createPerson = async (service: ServiceProcess): Promise<Person> => {
  const email = `${randomUUID()}@example.org`;
  return { email, id: (await backEnd.decline(service.url, email)).id };
};

const eraseAndKill = async (world: World, service: ServiceProcess, place: Place): Promise<[ServiceProcess, Person]> => {
  const person = await createPerson(service);
  service.follow({ ...place, act: 'kill' });
  const id = await wish(service, person);
  if (id) await Promise.race([service.ended, untilErased(service, id)]);
  const recovered = await goOn(world, service);
  // A wish that was not answered is told again: it may have been kept, and may be carried out.
  const kept = id ?? (await wish(recovered, person))!;
  const { erased, certificates } = (await untilErased(recovered, kept))!;
  if (id) expect(erased.map((note) => note.id)).toContain(person.id);
  for (const { id, record, seal } of erased) expect(isSealedNote({ id, record, seal }, certificates)).toBe(true);
  return [recovered, person];
};

const recordErasure = async (world: World): Promise<Place[]> => {
  const service = await recover(world);
  const person = await createPerson(service);
  service.follow(watching);
  await untilErased(service, (await wish(service, person))!);
  const passed = await service.listPassed();
  await service.signal('SIGTERM');
  return toPlaces(passed);
};

/** What any file of the service's still has of somebody. */
const findTraces = ({ folder }: World, text: string): string[] => {
  const data = join(folder.path, 'data');
  const entries = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text));
};

test('killed at places of an erasure: it is carried out, told by sealed notes, and no file has a trace left', async () => {
  const world = await createWorld({ providers: [host] });
  const places = choose(await recordErasure(world), 8);
  let service = await recover(world);
  await world.upload(service);
  await world.ledger.act(service.url, host);
  const people: Person[] = [];
  for (const place of places) {
    const [next, person] = await eraseAndKill(world, service, place);
    service = next;
    people.push(person);
  }
  for (const { id } of people) expect((await backEnd.ask(service.url, `/v1/signings/${id}`))!.status).toBe(410);
  // Stops all, and finds each file named by a record.
  expect(await judge(world, { url: service.url })).toEqual({ completed: 1 });
  for (const { email } of people) expect(findTraces(world, email)).toEqual([]);
  expectKills(world, 'erasures', places);
  await world.remove();
});
