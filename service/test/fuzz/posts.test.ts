import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { RunningService } from '../running-service.ts';
import { fuzz } from './fuzz.ts';
import { oddPosts, writePost } from './odd-multipart.ts';
import { ask, expectAnswer } from './raw-http.ts';

// before whatever keeps uploads there is loaded
const temporary = mkdtempSync(join(tmpdir(), 'posts-'));
process.env['TMPDIR'] = temporary;
const { agreement, startRunningService } = await import('../running-service.ts');

let service: RunningService;
let digest: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(agreement);
});
afterAll(async () => {
  expect(service.lines.filter((line) => line.includes('"internal"'))).toEqual([]);
  await service.remove();
  expect(readdirSync(temporary)).toEqual([]);
});

fuzz('posts: odd multipart', oddPosts, async (post) => {
  const token = await service.tokens.signing('fuzzed', digest);
  const tooShort = post.length === 'more' || post.length === 'wrong chunks';
  const answer = await ask(service.url, writePost(post, token), tooShort);
  if (answer) expectAnswer(answer);
  else expect(tooShort).toBe(true);
});
