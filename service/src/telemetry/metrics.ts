import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SigningStatus } from '@tu-esign/contract';
import { described } from './described-metrics.ts';
import type { Meter } from './meter.ts';

/** What is counted in the records at each scrape. */
export interface Measured {
  /** Signings that are not finished, by status. */
  unfinished: Partial<Record<SigningStatus, number>>;
  /** When the oldest of them was accepted: milliseconds since the epoch; null where there is none. */
  oldestAt: number | null;
  /** Rows that a worker could take now, by what waits. */
  due: Record<'signings' | 'deliveries', number>;
  /** Bytes; undefined where nothing is kept on a disk of this machine. */
  freeBytes: number | undefined;
}

/** Counts of one service, and of what its records tell. */
export interface Metrics extends Meter {
  /** Prometheus' text format, with its media type. */
  expose(): Promise<{ text: string; mediaType: string }>;
}

const statuses: SigningStatus[] = ['accepted', 'submitting', 'signed', 'conserved', 'review'];
/** Seconds: from an answer out of memory to a provider that takes a minute. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** @param measure asks the records; where it fails, the metrics of the process are exposed nevertheless */
export const createMetrics = (measure: () => Promise<Measured>): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges = createGauges(registry);
  const { requests, steps, calls, damaged } = createCounters(registry);
  return {
    answered: ({ method, route, status }, seconds) => requests.observe({ method, route, status }, seconds),
    stepEnded: (step, outcome, seconds) => steps.observe({ step, outcome }, seconds),
    providerAnswered: (provider, outcome) => calls.inc({ provider, outcome }),
    fileDamaged: (found) => damaged.inc({ found }),
    async expose() {
      gauges.show(await measure().catch(() => undefined));
      return { text: await registry.metrics(), mediaType: registry.contentType };
    },
  };
};

const createCounters = (registry: Registry) => {
  const registers = [registry];
  return {
    requests: new Histogram({ ...described.requests, buckets, registers }),
    steps: new Histogram({ ...described.steps, buckets, registers }),
    calls: new Counter({ ...described.calls, registers }),
    damaged: new Counter({ ...described.damaged, registers }),
  };
};

const createGauges = (registry: Registry) => {
  const registers = [registry];
  const answer = new Gauge({ ...described.answer, registers });
  const signings = new Gauge({ ...described.signings, registers });
  const age = new Gauge({ ...described.age, registers });
  const due = new Gauge({ ...described.due, registers });
  const disk = new Gauge({ ...described.disk, registers });
  return {
    /** Sets all gauges, or, where the records did not answer, removes those that tell of them. */
    show(measured: Measured | undefined) {
      answer.set(measured ? 1 : 0);
      for (const gauge of [signings, age, due]) gauge.reset();
      if (measured?.freeBytes === undefined) disk.remove();
      else disk.set(measured.freeBytes);
      if (!measured) return age.remove();
      for (const status of statuses) signings.set({ status }, measured.unfinished[status] ?? 0);
      age.set(measured.oldestAt === null ? 0 : Math.max(0, (Date.now() - measured.oldestAt) / 1000));
      for (const [queue, rows] of Object.entries(measured.due)) due.set({ queue }, rows);
    },
  };
};
