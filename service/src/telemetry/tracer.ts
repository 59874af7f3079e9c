/** What a trace may tell: never names, e-mail, tokens, addresses or bytes. */
export interface TraceAttributes {
  'tu_esign.signing'?: string;
  'tu_esign.delivery'?: string;
  'tu_esign.host'?: string;
  'tu_esign.step'?: string;
  'tu_esign.provider'?: string;
  'tu_esign.problem'?: string;
  'http.request.method'?: string;
  /** The pattern of the address, not the address. */
  'http.route'?: string;
  'http.response.status_code'?: number;
}

/** A piece of work in a trace, while it lasts. */
export interface Span {
  set(attributes: TraceAttributes): void;
  rename(name: string): void;
}

export interface SpanOptions {
  name: string;
  kind?: 'server' | 'client';
  attributes?: TraceAttributes;
  /** Where it comes from: `traceparent` of W3C Trace Context, as it was sent. */
  traceparent?: string;
}

/** Records spans: what was done, how long it took, and what it was part of. */
export interface Tracer {
  /** Does work as a span, inside of the span that is open already; what it throws marks the span. */
  trace<T>(options: SpanOptions, work: (span: Span) => Promise<T>): Promise<T>;
  /** Sends what is left, within a few seconds. */
  close(): Promise<void>;
}

/** Records no spans. */
export const noTracer: Tracer = {
  trace: (_options, work) => work({ set() {}, rename() {} }),
  close: async () => {},
};
