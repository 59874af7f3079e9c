import { expect, onTestFinished, test } from 'vitest';
import { postSigning, read } from '../requests.ts';
import { agreement, startRunningService, type Changes, type RunningService } from '../running-service.ts';
import { consentTo, createForm } from '../signing-form.ts';
import { startWaitingProvider } from '../waiting-provider.ts';
import { createFolder } from '../tools.ts';
import { until } from '../until.ts';
import { createHeldUploads, put, shop } from './endless.ts';
import { countThreads, mebibytes } from './turns.ts';

const start = async (changes: Changes = {}) => {
  const service = await startRunningService({ pdfSeconds: 3_600, ...changes });
  const uploads = createHeldUploads(service);
  onTestFinished(async () => {
    uploads.leave();
    await service.remove();
  });
  return { service, uploads };
};

/** What all threads have used so far. */
const cpuSeconds = (): number => process.cpuUsage().user / 1e6;

const areBusy = async (): Promise<void> => {
  const before = cpuSeconds();
  await until('both threads are busy', () => (cpuSeconds() - before > 3 ? true : undefined), { progress: cpuSeconds });
};

const isAlive = async ({ url }: RunningService): Promise<boolean> => (await fetch(`${url}/health/live`)).ok;

/** For as long as it moves on: a signing that waits for a thread stands still. */
const completed = async (service: RunningService, id: string, token: string): Promise<void> => {
  let status = '';
  const look = async () => {
    ({ status } = (await (await read(service, `/v1/signings/${id}`, token)).json()) as { status: string });
    return status === 'completed' ? true : undefined;
  };
  await until('the signing', look, { progress: () => status });
};

test('while uploads that never end hold all threads for uploads, somebody signs, and others are answered', async () => {
  const { service, uploads } = await start();
  const token = await service.tokens.signing('meanwhile', await service.upload(agreement));
  const before = { threads: countThreads(), mebibytes: mebibytes() };
  uploads.begin(10);
  uploads.begin(10, shop);
  await areBusy();
  let answers = 0;
  for (let asked = 0; asked < 50; asked += 1) if (await isAlive(service)) answers += 1;
  const { id } = (await (await postSigning(service, token)).json()) as { id: string };
  await completed(service, id, token);
  expect(uploads.open()).toBe(20);
  expect(answers).toBe(50);
  // Two for uploads, two for signing and one for autographs, and what the runtime starts by itself.
  expect(countThreads() - before.threads).toBeLessThanOrEqual(12);
  // Twenty bodies, and what two threads are given; what one file may take at most is bounded elsewhere.
  expect(mebibytes() - before.mebibytes).toBeLessThan(1_200);
});

test('one host’s uploads that never end leave the other host its turn, and refuse that host alone', async () => {
  const { service, uploads } = await start({ uploads: 8 });
  uploads.begin(10);
  await until('the bank has its share', () => (uploads.answered.length === 6 ? true : undefined), {
    progress: uploads.open,
  });
  expect(new Set(uploads.answered)).toEqual(new Set([503]));
  expect((await put(service, agreement, shop)).status).toBe(201);
  expect(uploads.open()).toBe(4);
});

test('one host has half of the event streams at most', async () => {
  const { provider, answer, hosts, stop } = await startWaitingProvider();
  onTestFinished(stop);
  const service = await startRunningService({ eventStreams: 4, hosts }, createFolder(), { providers: [provider] });
  const left = new AbortController();
  // Of an answer that nobody holds any more, Node closes the stream when it tidies up.
  const followed: Response[] = [];
  onTestFinished(async () => {
    followed.length = 0;
    left.abort();
    answer();
    await service.remove();
  });
  /** A signing whose events somebody may follow: all are there before the first is followed, for no stream lasts for ever. */
  const prepare = async (changes: typeof shop, origin: string, name: string): Promise<() => Promise<number>> => {
    const { digest } = (await (await put(service, agreement, changes)).json()) as { digest: string };
    const claims = { ...changes.claims, origin };
    const form = createForm({ consent: JSON.stringify(consentTo(name)) });
    const headers = {
      origin,
      authorization: `Bearer ${await service.tokens.signing(`${Math.random()}`, digest, { ...changes, claims })}`,
    };
    await (await fetch(`${service.url}/v1/documents/${digest}`, { headers })).arrayBuffer();
    const posted = await fetch(`${service.url}/v1/signings`, { method: 'POST', headers, body: form });
    const { id } = (await posted.json()) as { id: string };
    return async () => {
      const response = await fetch(`${service.url}/v1/signings/${id}/events`, { headers, signal: left.signal });
      followed.push(response);
      return response.status;
    };
  };
  const bank = () => prepare({}, 'https://bank.example', 'Banco de Ejemplo');
  const [first, second, third, other] = await Promise.all([
    bank(),
    bank(),
    bank(),
    prepare(shop, 'https://shop.example', 'Tienda de Ejemplo'),
  ]);
  expect([await first(), await second(), await third()]).toEqual([200, 200, 503]);
  expect(await other()).toBe(200);
});
