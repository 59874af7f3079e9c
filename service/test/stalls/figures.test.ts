import { afterAll, beforeAll, expect, test } from 'vitest';
import { withStream } from '../hostile-pdfs.ts';
import { vast } from '../bad-png.ts';
import { expectProblem } from '../problems.ts';
import { postSigning, postUnseen, show } from '../requests.ts';
import { agreement, startRunningService, type RunningService } from '../running-service.ts';
import { createForm } from '../signing-form.ts';
import { put } from './endless.ts';
import { measureTurns } from './turns.ts';

/**
 * What those who mean to stall the service make it cost, in figures: how long the thread that answers everybody is kept, how
 * many threads it takes, and how much memory. Uploads that never end are in uploads.test.ts beside this; shares of bodies and
 * streams in src/http/limits/pressure.test.ts; tries of a token in src/http/endpoints/autographs.test.ts; how often a
 * host's keys are asked for in src/hosts/keys.test.ts; what downloads add in src/records/records.test.ts; the pause
 * after wrong keys in src/http/operator/wrong-keys.test.ts; every count that a file states in
 * src/pades/hostile-documents.test.ts.
 */

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService({ autographPixels: 16_000_000 });
  digest = await service.upload(agreement);
  // Threads run from here on, and all is compiled that a post needs.
  for (const first of ['one', 'two'])
    expect((await postSigning(service, await service.tokens.signing(first, digest))).status).toBe(202);
});
afterAll(() => service.remove());

/** A picture that is read in this thread takes three seconds. Tests, reading their answers in it, are among it, too. */
const mostTurnMs = 700;

test('twenty posts of pictures of nine million pixels keep the service from others for less than a second', async () => {
  const png = vast(3_000);
  const tokens = await Promise.all(
    Array.from({ length: 20 }, (_, at) => service.tokens.signing(`pixels ${at >> 1}`, digest)),
  );
  for (const token of tokens) await show(service, token);
  const turns = measureTurns();
  const posts = tokens.map((token) => postUnseen(service, token, createForm({ autograph: png })));
  for (const post of posts) await expectProblem(await post, 'autograph-empty');
  const figures = turns.end();
  expect(figures.longestTurnMs).toBeLessThan(mostTurnMs);
  // A picture read here would cost as much as all of them may.
  expect(figures.ownMs).toBeLessThan(1_500);
  expect(figures.threads).toBeLessThanOrEqual(2);
  expect(figures.mebibytes).toBeLessThan(300);
});

test('twenty agreements that count to a hundred million keep it from others as little', async () => {
  const hostile = Array.from({ length: 20 }, (_, at) =>
    withStream(`/Size 5 /W [0 0 0] /Index [0 ${100_000_000 + at}]`, new Uint8Array(10)),
  );
  const turns = measureTurns();
  const answers = await Promise.all(hostile.map((pdf) => put(service, pdf)));
  for (const answer of answers) await expectProblem(answer, 'document-damaged');
  const figures = turns.end();
  expect(figures.longestTurnMs).toBeLessThan(mostTurnMs);
  expect(figures.allMs).toBeLessThan(10_000);
  expect(figures.threads).toBeLessThanOrEqual(12);
  expect(figures.mebibytes).toBeLessThan(600);
});
