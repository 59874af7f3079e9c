import { Agent, request } from 'node:http';

export interface LoadOptions {
  /** Posts go to each in turn. */
  urls: readonly string[];
  tokens: readonly string[];
  body: { type: string; bytes: Buffer };
  /** Posts under way at once. */
  atOnce: number;
}

export interface Measured {
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** Posts once with every token, and measures. */
export const post = async ({ urls, tokens, body, atOnce }: LoadOptions): Promise<Measured> => {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const waiting = tokens.map((token, index) => ({ token, url: `${urls[index % urls.length]}/v1/signings` }));
  const latencies: number[] = [];
  const startedAt = performance.now();
  const worker = async () => {
    for (let next = waiting.pop(); next; next = waiting.pop()) latencies.push(await postOnce(agent, next, body));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  latencies.sort((one, other) => one - other);
  const percentile = (share: number) => latencies[Math.floor((latencies.length - 1) * share)]!;
  return { perSecond: tokens.length / seconds, p50: percentile(0.5), p99: percentile(0.99) };
};

const postOnce = (agent: Agent, { token, url }: { token: string; url: string }, { type, bytes }: LoadOptions['body']) =>
  new Promise<number>((resolve, reject) => {
    const startedAt = performance.now();
    const headers = { authorization: `Bearer ${token}`, 'content-type': type, 'content-length': bytes.length };
    const posted = request(url, { agent, method: 'POST', headers }, (answer) => {
      answer.resume().on('end', () => {
        if (answer.statusCode === 202) resolve(performance.now() - startedAt);
        else reject(new Error(`a post was answered ${answer.statusCode}`));
      });
    });
    posted.once('error', reject);
    posted.end(bytes);
  });
