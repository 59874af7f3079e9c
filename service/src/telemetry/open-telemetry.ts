import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace as spans, TraceFlags, type Context } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Span, SpanOptions, Tracer } from './tracer.ts';

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** A span and whether it is still open: work that began within it and goes on after its end is not part of it. */
interface OpenSpan {
  context: Context;
  open: boolean;
}

const longestFlushMs = 2_000;

/**
 * Sends spans by OTLP over HTTP, as JSON. `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES` and the exporter's
 * headers and time-outs are read from their standard variables by the library. Loaded only where it is wanted.
 */
export const createOpenTelemetry = (endpoint: string): Tracer => {
  const named = resourceFromAttributes({ 'service.name': 'tu-esign' });
  const resource = defaultResource()
    .merge(named)
    .merge(detectResources({ detectors: [envDetector] }));
  const processor = new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }) });
  const provider = new TracerProvider({ resource, spanProcessors: [processor] });
  const tracer = provider.getTracer('tu-esign');
  const enclosing = new AsyncLocalStorage<OpenSpan>();
  return {
    async trace({ name, kind, attributes, traceparent }, work) {
      const outer = enclosing.getStore();
      const parent = outer?.open ? outer.context : readParent(traceparent);
      const span = tracer.startSpan(name, { kind: kinds[kind ?? 'internal'], attributes: { ...attributes } }, parent);
      const opened = { context: spans.setSpan(parent, span), open: true };
      const control: Span = {
        set: (more) => void span.setAttributes({ ...more }),
        rename: (better) => void span.updateName(better),
      };
      try {
        return await enclosing.run(opened, () => work(control));
      } catch (error) {
        // Its message may quote what a person sent.
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
        throw error;
      } finally {
        opened.open = false;
        span.end();
      }
    },
    close: () =>
      Promise.race([provider.shutdown(), new Promise<void>((resolve) => setTimeout(resolve, longestFlushMs).unref())]),
  };
};

/** The caller's span (W3C Trace Context, 3.2: version, trace, parent, flags); without a valid one a new trace begins. */
const readParent = (traceparent: SpanOptions['traceparent'] = ''): Context => {
  const [, traceId, spanId, flags] = /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(traceparent) ?? [];
  if (!traceId || !spanId || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags!, 16) & TraceFlags.SAMPLED;
  return spans.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
};
