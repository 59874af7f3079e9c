import type { Config } from './settings/config.ts';
import { noMeter, type Meter } from '#telemetry/meter.ts';
import type { Measured, Metrics } from '#telemetry/metrics.ts';
import { noTracer, type Tracer } from '#telemetry/tracer.ts';

/** What tells the operator how the service fares, besides the log. */
export interface Telemetry {
  meter: Meter;
  tracer: Tracer;
  /** Undefined where nobody may read them. */
  metrics: Metrics | undefined;
}

/** Loads what is configured, and nothing else: a start without it does not pay for it. */
export const openTelemetry = async (config: Config, measure: () => Promise<Measured>): Promise<Telemetry> => {
  const { operatorKey, traceEndpoint } = config;
  const metrics =
    operatorKey === undefined ? undefined : (await import('#telemetry/metrics.ts')).createMetrics(measure);
  const tracer =
    traceEndpoint === undefined
      ? noTracer
      : (await import('#telemetry/open-telemetry.ts')).createOpenTelemetry(traceEndpoint);
  return { meter: metrics ?? noMeter, tracer, metrics };
};
