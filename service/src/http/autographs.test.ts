import { afterAll, beforeAll, expect, test } from 'vitest';
import { vast } from '../../test/bad-png.ts';
import { expectProblem } from '../../test/problems.ts';
import { postSigning } from '../../test/requests.ts';
import { agreement, startRunningService, type RunningService } from '../../test/running-service.ts';
import { createForm } from '../../test/signing-form.ts';

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService({ autographPixels: 25_000_000 });
  digest = await service.upload(agreement);
  // The thread that reads autographs runs from here on.
  expect((await postSigning(service, await service.tokens.signing('the first', digest))).status).toBe(202);
});
afterAll(() => service.remove());

const isAlive = async (): Promise<boolean> => (await fetch(`${service.url}/health/live`)).ok;

test('others are answered while an autograph of many pixels is read', async () => {
  const png = vast(5_000);
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
