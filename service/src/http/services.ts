import type { SigningView } from '@tu-esign/contract';
import type { ReadAutograph } from '#autograph/reader.ts';
import type { HostRegistry } from '#hosts/registry.ts';
import type { TokenVerifier } from '#hosts/token.ts';
import type { Log } from '#telemetry/log.ts';
import type { Meter } from '#telemetry/meter.ts';
import type { Metrics } from '#telemetry/metrics.ts';
import type { Changes } from '#signing/changes.ts';
import type { DraftKeyOf } from '#signing/draft-key.ts';
import type { AcceptDocument, VerifySigned } from '#signing/document.ts';
import type { Links } from '#signing/links.ts';
import type { Signing } from '#signing/signing.ts';
import type { DeliveryStore } from '#records/deliveries.ts';
import type { FileStore } from '#files/file-store.ts';
import type { SigningStore } from '#records/signing-store.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import type { Intake, IntakeLimits } from '#http/limits/intake.ts';

/** Sizes that are taken, in bytes, and pixels of an autograph. */
export interface Limits extends IntakeLimits {
  documentBytes: number;
  autographBytes: number;
  autographPixels: number;
  /** Proxies whose X-Forwarded-For is believed. */
  trustedProxies: number;
}

/** What the endpoints are given. */
export interface Neighbours {
  registry: HostRegistry;
  tokens: TokenVerifier;
  store: SigningStore;
  deliveries: DeliveryStore;
  files: FileStore;
  links: Links;
  draftKeyOf: DraftKeyOf;
  changes: Changes;
  acceptDocument: AcceptDocument;
  verifySigned: VerifySigned;
  readAutograph: ReadAutograph;
  /** With fresh links. */
  readonly viewOf: (signing: Signing) => Promise<SigningView>;
  limits: Limits;
  log: Log;
  meter: Meter;
  tracer: Tracer;
  /** Undefined where nobody may read them. */
  metrics: Metrics | undefined;
  /** What lets the operator in; undefined where there is no operator. */
  operatorKey: string | undefined;
  now: () => Date;
  /** Tells the jobs that a signing, or a notification, is due. */
  wake(work: 'advance' | 'notify', id: string): void;
  /** Roots that verifiers of our signatures and time-stamps pin, PEM. */
  rootPem: string;
  /** PEM of the certificate whose key seals evidence, and of its chain without the root. */
  sealCertificates: string;
  /** Aborted when the service is about to stop: no longer ready, but still answering. */
  draining: AbortSignal;
  /** Aborted when the service stops: streams end. */
  stopping: AbortSignal;
  /** How late the event loop has been for a while, in milliseconds. */
  readonly lagMs: () => number;
  /** Folder of the element's CDN build; undefined where pages load it from elsewhere. */
  elementFolder: string | undefined;
}

/** What the endpoints work with. */
export interface Services extends Neighbours {
  intake: Intake;
  /** Whether pages would ask for the element here in vain. */
  elementMissing: boolean;
}
