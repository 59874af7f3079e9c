import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { GuardOptions } from '#network/guard.ts';
import { Hosts, type Host } from '#hosts/host.ts';
import { readAuthorities, type AuthoritySettings } from './read-authorities.ts';
import { readProviders } from './read-providers.ts';
import { parseS3Location, type S3Location } from '#files/s3-location.ts';
import type { TuIdentidadSettings } from '#tu-identidad/settings.ts';

const megabyte = 1024 * 1024;
const elementBuild = fileURLToPath(new URL('../../../widget/dist/cdn', import.meta.url));

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const countFromNone = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const text = (fallback: string) => z.string().min(1).default(fallback);

const toS3Location = (address: string, context: z.RefinementCtx): S3Location => {
  const location = parseS3Location(address);
  if (!location) context.addIssue('is not s3://bucket/prefix, or has an unknown parameter');
  return location ?? z.NEVER;
};

/** The environment's variables. The README's table is made from this. */
export const Environment = z.object({
  TU_ESIGN_HOSTS: z.string().min(1).meta({ description: 'Path of the hosts file (JSON).' }),
  TU_ESIGN_PORT: z.coerce.number().int().min(0).max(65_535).default(8080).meta({ description: 'Port to listen on.' }),
  TU_ESIGN_ADDRESS: text('127.0.0.1').meta({ description: 'Address to listen on.' }),
  TU_ESIGN_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({
      description:
        'Where browsers reach the service: `aud` of tokens, start of links. By default http://localhost and the port.',
    }),
  TU_ESIGN_DATA: text('.data/service').meta({
    description: 'Folder of records, files and keys, as far as they are not elsewhere.',
  }),
  TU_ESIGN_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({
      description:
        'PostgreSQL for records, jobs and keys of any number of instances: postgres://user:password@host/database.',
    }),
  TU_ESIGN_FILES: z.string().transform(toS3Location).optional().meta({
    description:
      'S3-compatible storage for files: s3://bucket/prefix?region=…&endpoint=…&pathStyle=true; credentials by AWS’s standard chain.',
  }),
  TU_ESIGN_KEYS_PASSPHRASE: z
    .string()
    .min(12)
    .optional()
    .meta({ description: 'Encrypts the service’s keys where they are kept; from the first start on, or never.' }),
  TU_ESIGN_ORGANISATION: text('tu-esign').meta({
    description: 'Organisation named in the embedded authority’s certificates.',
  }),
  TU_ESIGN_ELEMENT: z.string().default(elementBuild).meta({
    description:
      'Folder of the element’s CDN build; without it the service is not ready. Empty (`TU_ESIGN_ELEMENT=`) where pages load the element from elsewhere.',
  }),
  TU_ESIGN_DOCUMENT_BYTES: count(25 * megabyte).meta({ description: 'Largest agreement, in bytes.' }),
  TU_ESIGN_AUTOGRAPH_BYTES: count(512 * 1024).meta({ description: 'Largest autograph, in bytes.' }),
  TU_ESIGN_AUTOGRAPH_PIXELS: count(4_000_000).meta({ description: 'Most pixels of an autograph.' }),
  TU_ESIGN_LINK_SECONDS: count(900).meta({ description: 'Life of a link, in seconds.' }),
  TU_ESIGN_PDF_SECONDS: count(20).meta({
    description:
      'Longest time for reading or preparing one PDF, in seconds; six times as long at a second try where it was accepted before.',
  }),
  TU_ESIGN_PDF_MEGABYTES: count(1024).meta({ description: 'Most memory for one PDF, in megabytes.' }),
  TU_ESIGN_PROVIDER_SECONDS: count(60).meta({
    description: 'Longest wait for an answer of a provider or a time-stamp authority, in seconds.',
  }),
  TU_ESIGN_PROVIDER_CALLS: count(16).meta({ description: 'Calls to one provider or authority at once.' }),
  TU_ESIGN_OUTPUT_HOURS: count(72).meta({
    description: 'How long a provider or an authority is asked for what is not there yet, in hours.',
  }),
  TU_ESIGN_TRUSTED_PROXIES: countFromNone(0).meta({
    description: 'Proxies before the service whose X-Forwarded-For is believed.',
  }),
  TU_ESIGN_ADDRESS_REQUESTS_PER_SECOND: count(200).meta({
    description: 'Requests a second from one address (IPv6: from one /64); five times as many may come at once.',
  }),
  TU_ESIGN_HOST_REQUESTS_PER_SECOND: count(1_000).meta({
    description: 'Requests a second with tokens of one host; five times as many may come at once.',
  }),
  TU_ESIGN_BODY_MEGABYTES: count(256).meta({
    description: 'Most memory for bodies of requests at once, in megabytes.',
  }),
  TU_ESIGN_UPLOADS: count(16).meta({ description: 'Uploaded agreements that are read, or wait to be, at once.' }),
  TU_ESIGN_EVENT_STREAMS: count(2_000).meta({ description: 'Streams of events that are open at once.' }),
  TU_ESIGN_UNFINISHED_SIGNINGS: count(10_000).meta({
    description: 'Unfinished signings beyond which no more are accepted for the time being.',
  }),
  TU_ESIGN_OPERATOR_KEY: z.string().min(32).optional().meta({
    description: 'What lets the operator in at `/metrics` and `/v1/operator/…`; without it there is nothing there.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .meta({ description: 'Where traces are sent, by OTLP over HTTP; without it there are none.' }),
  TU_ESIGN_DRAIN_SECONDS: countFromNone(0).meta({
    description: 'How long a stop goes on answering, no longer ready, until load balancers have seen it, in seconds.',
  }),
  TU_ESIGN_RETENTION_DAYS: count(3653).meta({
    description: 'Days for which finished signings and unused agreements are kept, with all their files.',
  }),
  TU_ESIGN_STOP_SECONDS: count(20).meta({ description: 'How long a stop waits for work under way, in seconds.' }),
});

/** All that can be set, validated. */
export interface Config {
  hosts: Host[];
  /** Providers that sign, besides the embedded one. */
  providers: TuIdentidadSettings[];
  /** Authorities that conserve, besides the embedded one. */
  authorities: AuthoritySettings[];
  port: number;
  address: string;
  publicUrl: string | undefined;
  dataFolder: string;
  /** PostgreSQL, with user and password; absent: SQLite in the folder. */
  databaseUrl: string | undefined;
  /** Absent: files in the folder. */
  s3: S3Location | undefined;
  keysPassphrase: string | undefined;
  organisation: string;
  /** Absent: pages load the element from elsewhere. */
  elementFolder: string | undefined;
  documentBytes: number;
  autographBytes: number;
  autographPixels: number;
  linkSeconds: number;
  pdfSeconds: number;
  pdfMegabytes: number;
  outputHours: number;
  trustedProxies: number;
  addressRequestsPerSecond: number;
  hostRequestsPerSecond: number;
  bodyMegabytes: number;
  uploads: number;
  eventStreams: number;
  unfinishedSignings: number;
  operatorKey: string | undefined;
  traceEndpoint: string | undefined;
  drainSeconds: number;
  stopSeconds: number;
  retentionDays: number;
  /** How providers and time-stamp authorities are called. */
  guard: GuardOptions;
}

/** The configuration is wrong; the message names every fault. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** @throws ConfigError naming all faults at once */
export const readConfig = (environment: Record<string, string | undefined>): Config => {
  const { success, data, error } = Environment.safeParse(environment);
  const faults = success ? [] : describe(error);
  const hostsFile = environment['TU_ESIGN_HOSTS'] ?? '';
  const file = hostsFile ? readHosts(hostsFile, faults) : undefined;
  const sources = { hostsFile, environment, faults };
  const providers = readProviders(file?.providers ?? [], sources);
  const authorities = readAuthorities(file?.authorities ?? [], sources);
  if (!success || faults.length > 0) throw new ConfigError(`The configuration is wrong:\n- ${faults.join('\n- ')}`);
  return {
    hosts: file?.hosts ?? [],
    providers,
    authorities,
    port: data.TU_ESIGN_PORT,
    address: data.TU_ESIGN_ADDRESS,
    publicUrl: data.TU_ESIGN_PUBLIC_URL,
    dataFolder: resolve(data.TU_ESIGN_DATA),
    databaseUrl: data.TU_ESIGN_DATABASE_URL,
    s3: data.TU_ESIGN_FILES,
    keysPassphrase: data.TU_ESIGN_KEYS_PASSPHRASE,
    organisation: data.TU_ESIGN_ORGANISATION,
    elementFolder: data.TU_ESIGN_ELEMENT === '' ? undefined : resolve(data.TU_ESIGN_ELEMENT),
    documentBytes: data.TU_ESIGN_DOCUMENT_BYTES,
    autographBytes: data.TU_ESIGN_AUTOGRAPH_BYTES,
    autographPixels: data.TU_ESIGN_AUTOGRAPH_PIXELS,
    linkSeconds: data.TU_ESIGN_LINK_SECONDS,
    pdfSeconds: data.TU_ESIGN_PDF_SECONDS,
    pdfMegabytes: data.TU_ESIGN_PDF_MEGABYTES,
    outputHours: data.TU_ESIGN_OUTPUT_HOURS,
    trustedProxies: data.TU_ESIGN_TRUSTED_PROXIES,
    addressRequestsPerSecond: data.TU_ESIGN_ADDRESS_REQUESTS_PER_SECOND,
    hostRequestsPerSecond: data.TU_ESIGN_HOST_REQUESTS_PER_SECOND,
    bodyMegabytes: data.TU_ESIGN_BODY_MEGABYTES,
    uploads: data.TU_ESIGN_UPLOADS,
    eventStreams: data.TU_ESIGN_EVENT_STREAMS,
    unfinishedSignings: data.TU_ESIGN_UNFINISHED_SIGNINGS,
    operatorKey: data.TU_ESIGN_OPERATOR_KEY,
    traceEndpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT,
    drainSeconds: data.TU_ESIGN_DRAIN_SECONDS,
    stopSeconds: data.TU_ESIGN_STOP_SECONDS,
    retentionDays: data.TU_ESIGN_RETENTION_DAYS,
    guard: {
      timeoutMs: data.TU_ESIGN_PROVIDER_SECONDS * 1000,
      concurrency: data.TU_ESIGN_PROVIDER_CALLS,
      failures: 5,
      pauseMs: 15_000,
    },
  };
};

/** Reads the hosts file; its faults are added to the list. Secrets are never quoted in a fault. */
const readHosts = (path: string, faults: string[]): z.infer<typeof Hosts> | undefined => {
  const { success, data, error } = Hosts.safeParse(readJsonFile(path));
  if (success) return data;
  faults.push(...describe(error).map((fault) => `TU_ESIGN_HOSTS ${fault}`));
  return undefined;
};

const readJsonFile = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

const describe = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => `${path.join('.') || '(file cannot be read as JSON)'}: ${message}`);
