import { expect, test } from 'vitest';
import { createMetrics, type Measured } from './metrics.ts';

const busy: Measured = {
  unfinished: { accepted: 3, review: 1 },
  oldestAt: Date.now() - 90_000,
  due: { signings: 2, deliveries: 5 },
  freeBytes: 4_096,
};

test('what the records tell is shown as it is, and taken away once they do not answer', async () => {
  let away = false;
  const metrics = createMetrics(async () => {
    if (away) throw new Error('away');
    return busy;
  });
  const { text } = await metrics.expose();
  expect(text).toContain('tu_esign_signings{status="accepted"} 3\n');
  expect(text).toContain('tu_esign_signings{status="signed"} 0\n');
  expect(text).toContain('tu_esign_due{queue="deliveries"} 5\n');
  expect(text).toContain('tu_esign_disk_free_bytes 4096\n');
  const seconds = Number(/^tu_esign_oldest_unfinished_seconds (.*)$/m.exec(text)?.[1]);
  // The machine may be slow, and the time goes on.
  expect(seconds).toBeGreaterThanOrEqual(90);
  expect(seconds).toBeLessThan(200);
  away = true;
  const { text: without } = await metrics.expose();
  expect(without).toContain('tu_esign_records_up 0\n');
  expect(without).not.toMatch(/^tu_esign_(?:signings|due|oldest_unfinished_seconds)[{ ]/m);
  expect(without).toContain('process_cpu_user_seconds_total');
});

test('services of one process count each for itself', async () => {
  const [one, other] = [createMetrics(async () => busy), createMetrics(async () => busy)];
  one.providerAnswered('embedded', 'unknown');
  expect((await one.expose()).text).toContain(
    'tu_esign_provider_calls_total{provider="embedded",outcome="unknown"} 1\n',
  );
  expect((await other.expose()).text).not.toContain('outcome="unknown"');
});
