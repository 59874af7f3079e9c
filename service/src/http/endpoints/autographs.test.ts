import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plain, vast } from '../../../test/bad-png.ts';
import { expectProblem } from '../../../test/problems.ts';
import { postSigning } from '../../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../../test/running-service.ts';
import { createForm } from '../../../test/signing-form.ts';
import { origin } from '../../../test/tokens.ts';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService({ autographPixels: 16_000_000 });
  digest = await service.upload(agreement);
  // The thread that reads autographs runs from here on.
  expect((await postSigning(service, await service.tokens.signing('the first', digest))).status).toBe(202);
});
afterAll(() => service.remove());

const isAlive = async (): Promise<boolean> => (await fetch(`${service.url}/health/live`)).ok;

test('others are answered while an autograph of many pixels is read', async () => {
  const png = vast(4_000);
  expect(png.length).toBeLessThan(64 * 1024);
  const token = await service.tokens.signing('many pixels', digest);
  const post = { answered: false };
  const posted = postSigning(service, token, createForm({ autograph: png })).finally(() => (post.answered = true));
  let answers = 0;
  while (!post.answered) if (await isAlive()) answers += 1;
  await expectProblem(await posted, 'autograph-empty');
  // Read on the same thread, it left time for two at most.
  expect(answers).toBeGreaterThan(10);
});

const createBlankForm = (): FormData => createForm({ autograph: plain(255, 255, 255, 255) });

/** The answer to a post of which only the headers have come. */
const begin = async (token: string): Promise<IncomingMessage> => {
  const headers = {
    authorization: `Bearer ${token}`,
    origin,
    'content-type': 'multipart/form-data; boundary=x',
    'content-length': 100_000,
  };
  const posting = request(`${service.url}/v1/signings`, { method: 'POST', headers });
  posting.on('error', () => {});
  posting.flushHeaders();
  const [answer] = (await once(posting, 'response')) as [IncomingMessage];
  posting.destroy();
  return answer;
};

test('a token has ten tries: then posts with it are refused before they are read, and with another taken', async () => {
  const mint = () => service.tokens.signing('ten tries', digest);
  const token = await mint();
  for (let tries = 0; tries < 10; tries += 1)
    await expectProblem(await postSigning(service, token, createBlankForm()), 'autograph-empty');
  const { statusCode, headers } = await begin(token);
  expect(statusCode).toBe(429);
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(600);
  await expectProblem(await postSigning(service, token), 'rate-limited');
  expect((await postSigning(service, await mint())).status).toBe(202);
});

test('posts at once have no more tries than one after the other', async () => {
  const token = await service.tokens.signing('tries at once', digest);
  const post = async () => (await postSigning(service, token, createForm({ consent: null }))).status;
  const statuses = await Promise.all(Array.from({ length: 14 }, post));
  expect(statuses.sort((a, b) => a - b)).toEqual([...Array<number>(10).fill(422), ...Array<number>(4).fill(429)]);
});
