import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CscAccess } from '#keys/custody/csc/access.ts';
import { keyAlgorithms } from '#keys/key-pair.ts';
import { embeddedLevels } from '#providers/embedded.ts';
import { parseS3Location, type S3Location } from '#files/s3-location.ts';

const megabyte = 1024 * 1024;
const elementBuild = fileURLToPath(new URL('../../../../widget/dist/cdn', import.meta.url));

interface Variable {
  name: string;
  description: string;
  /** A path is seen from the file of settings that says it; a secret may be in a file of its own. */
  kind?: 'path' | 'secret';
}

/** The environment variable that sets a setting, and what it means. */
const variables = z.registry<Variable>();

const variable = <Schema extends z.ZodType>(name: string, schema: Schema, description: string): Schema => {
  variables.add(schema, { name, description });
  return schema;
};

const path = <Schema extends z.ZodType>(name: string, schema: Schema, description: string): Schema => {
  variables.add(schema, { name, description, kind: 'path' });
  return schema;
};

const secret = <Schema extends z.ZodType>(name: string, schema: Schema, description: string): Schema => {
  variables.add(schema, { name, description, kind: 'secret' });
  return schema;
};

const count = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
const countFromNone = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const webAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const text = (fallback: string) => z.string().min(1).default(fallback);

/** A secret is told by its length alone. */
const atLeast = (length: number) =>
  z.string().min(length, {
    error: ({ input }) => `it has ${(input as string).length} characters, and needs ${length} at least`,
  });

const toS3Location = (address: string, context: z.RefinementCtx): S3Location => {
  const location = parseS3Location(address);
  if (!location) context.addIssue('is not s3://bucket/prefix, or has an unknown parameter');
  return location ?? z.NEVER;
};

const toListenAddress = (text: string, context: z.RefinementCtx): { address: string; port: number } => {
  const [, address, port] =
    /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text)?.filter((part) => part !== undefined) ?? [];
  if (address && Number(port) <= 65_535) return { address, port: Number(port) };
  context.addIssue('is not an address and a port, as 127.0.0.1:8081');
  return z.NEVER;
};

const credentialKinds = new Set(['root', 'issuing', 'time-stamp', 'seal']);

const toCredentials = (text: string, context: z.RefinementCtx): CscAccess['credentials'] => {
  const pairs = text
    .trim()
    .split(/[\s,]+/)
    .map((pair) => [pair.split('=')[0]!, pair.slice(pair.indexOf('=') + 1)]);
  const isRight = pairs.every(([kind, id]) => credentialKinds.has(kind!) && id && id !== kind);
  if (isRight && new Set(pairs.map(([kind]) => kind)).size === pairs.length) return Object.fromEntries(pairs);
  context.addIssue('is not as issuing=ID time-stamp=ID seal=ID');
  return z.NEVER;
};

/** What the environment sets, by the service's own names. The table in docs/reference/configuration.md is made from this. */
export const Settings = z.object({
  hostsFile: path('TU_ESIGN_HOSTS', z.string().min(1), 'Path of the hosts file (JSON, comments are allowed).'),
  port: variable('TU_ESIGN_PORT', z.coerce.number().int().min(0).max(65_535).default(8080), 'Port to listen on.'),
  address: variable('TU_ESIGN_ADDRESS', text('127.0.0.1'), 'Address to listen on.'),
  publicUrl: variable(
    'TU_ESIGN_PUBLIC_URL',
    webAddress.optional(),
    'Where browsers reach the service: `aud` of tokens, start of links. By default http://localhost and the port.',
  ),
  revocationUrl: variable(
    'TU_ESIGN_REVOCATION_URL',
    webAddress.optional(),
    'Where certificates say that lists of revoked ones are, by default TU_ESIGN_PUBLIC_URL, and that OCSP is answered, by default nowhere. Use http: many readers fetch nothing else. See docs/operate/revoke.md.',
  ),
  dataFolder: path(
    'TU_ESIGN_DATA',
    z
      .string()
      .min(1)
      .transform((path) => resolve(path))
      .prefault('.data/service'),
    'Folder of records, files and keys, as far as they are not elsewhere.',
  ),
  databaseUrl: secret(
    'TU_ESIGN_DATABASE_URL',
    z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    'PostgreSQL for records, jobs and keys of any number of instances: postgres://user:password@host/database.',
  ),
  s3: variable(
    'TU_ESIGN_FILES',
    z.string().transform(toS3Location).optional(),
    'S3-compatible storage for files: s3://bucket/prefix?region=…&endpoint=…&pathStyle=true; credentials by AWS’s standard chain.',
  ),
  keysPassphrase: secret(
    'TU_ESIGN_KEYS_PASSPHRASE',
    atLeast(12).optional(),
    'Encrypts the service’s keys where they are kept. Set, changed and taken off later by `tu-esign keys passphrase`.',
  ),
  tokenModule: path(
    'TU_ESIGN_PKCS11_MODULE',
    z.string().min(1).optional(),
    'Path of a PKCS #11 driver: keys of the authority and of seals are made in its token from then on. See docs/operate/keys.md.',
  ),
  tokenLabel: variable('TU_ESIGN_PKCS11_TOKEN', z.string().min(1).optional(), 'Label of the PKCS #11 token.'),
  tokenPin: secret('TU_ESIGN_PKCS11_PIN', z.string().min(1).optional(), 'PIN of the PKCS #11 token’s user.'),
  cscUrl: variable(
    'TU_ESIGN_CSC_URL',
    webAddress.optional(),
    'Where the API of a remote signer begins (Cloud Signature Consortium, version 2), as https://signer.example/csc/v2. See docs/operate/keys.md.',
  ),
  cscCredentials: variable(
    'TU_ESIGN_CSC_CREDENTIALS',
    z.string().transform(toCredentials).optional(),
    'Its credentials that hold the keys which are made from then on, by kind: `issuing=ID time-stamp=ID seal=ID`. Kinds that are not named are made as before.',
  ),
  cscToken: secret('TU_ESIGN_CSC_TOKEN', z.string().min(1).optional(), 'A bearer token that the remote signer takes.'),
  cscTokenUrl: variable(
    'TU_ESIGN_CSC_TOKEN_URL',
    webAddress.optional(),
    'In place of a token: where it is had by OAuth 2.0, with client credentials.',
  ),
  cscClientId: variable('TU_ESIGN_CSC_CLIENT_ID', z.string().min(1).optional(), 'The client’s name there.'),
  cscClientSecret: secret('TU_ESIGN_CSC_CLIENT_SECRET', z.string().min(1).optional(), 'The client’s secret there.'),
  cscPin: secret('TU_ESIGN_CSC_PIN', z.string().min(1).optional(), 'The PIN of credentials that ask for one.'),
  authorityKeys: variable(
    'TU_ESIGN_AUTHORITY_KEYS',
    z.enum(keyAlgorithms).default('P-256'),
    'Kind of the authority’s keys that are made from then on: `P-256`, `P-384`, `RSA-3072`. Those that are there stay until they are rotated. See docs/operate/algorithms.md.',
  ),
  signatoryKeys: variable(
    'TU_ESIGN_SIGNATORY_KEYS',
    z.enum(keyAlgorithms).default('P-256'),
    'Kind of the key that is made for each signature: `P-256`, `P-384`, `RSA-3072`, whose making takes most of a second.',
  ),
  organisation: variable(
    'TU_ESIGN_ORGANISATION',
    text('tu-esign'),
    'Organisation named in the embedded authority’s certificates.',
  ),
  signatureLevel: variable(
    'TU_ESIGN_SIGNATURE_LEVEL',
    z.enum(embeddedLevels).default('B-LTA'),
    'Level of PAdES at which the embedded provider signs: `B-B`; `B-T`, with a time-stamp; `B-LT`, which adds what verifies the signatures once the last signatory has signed; `B-LTA`, with a time-stamp over all of it, so that they can be verified when all certificates have ended.',
  ),
  archiveDigest: variable(
    'TU_ESIGN_ARCHIVE_DIGEST',
    z
      .enum(['SHA-256', 'SHA-384'])
      .default('SHA-256')
      .transform((name) => (name === 'SHA-256' ? 'sha256' : 'sha384')),
    'Digest that time-stamps over documents are of. Where it becomes `SHA-384`, all that are of SHA-256 are renewed.',
  ),
  renewalDays: variable(
    'TU_ESIGN_RENEWAL_DAYS',
    count(180),
    'Days before the first certificate of the time-stamp over a document ends in which it is renewed. See docs/operate/evergreen.md.',
  ),
  elementFolder: path(
    'TU_ESIGN_ELEMENT',
    z
      .string()
      .transform((path) => (path === '' ? undefined : resolve(path)))
      .prefault(elementBuild),
    'Folder of the element’s CDN build; without it the service is not ready. Empty (`TU_ESIGN_ELEMENT=`) where pages load the element from elsewhere.',
  ),
  documentBytes: variable('TU_ESIGN_DOCUMENT_BYTES', count(25 * megabyte), 'Largest agreement, in bytes.'),
  autographBytes: variable('TU_ESIGN_AUTOGRAPH_BYTES', count(512 * 1024), 'Largest autograph, in bytes.'),
  autographPixels: variable('TU_ESIGN_AUTOGRAPH_PIXELS', count(4_000_000), 'Most pixels of an autograph.'),
  linkSeconds: variable('TU_ESIGN_LINK_SECONDS', count(900), 'Life of a link, in seconds.'),
  pdfSeconds: variable(
    'TU_ESIGN_PDF_SECONDS',
    count(20),
    'Longest time for reading or preparing one PDF, in seconds; six times as long at a second try where it was accepted before.',
  ),
  pdfMegabytes: variable('TU_ESIGN_PDF_MEGABYTES', count(1024), 'Most memory for one PDF, in megabytes.'),
  providerSeconds: variable(
    'TU_ESIGN_PROVIDER_SECONDS',
    count(60),
    'Longest wait for an answer of a provider or a time-stamp authority, in seconds.',
  ),
  providerCalls: variable('TU_ESIGN_PROVIDER_CALLS', count(16), 'Calls to one provider or authority at once.'),
  outputHours: variable(
    'TU_ESIGN_OUTPUT_HOURS',
    count(72),
    'How long a provider or an authority is asked for what is not there yet, in hours.',
  ),
  trustedProxies: variable(
    'TU_ESIGN_TRUSTED_PROXIES',
    countFromNone(0),
    'Proxies before the service whose X-Forwarded-For is believed.',
  ),
  addressRequestsPerSecond: variable(
    'TU_ESIGN_ADDRESS_REQUESTS_PER_SECOND',
    count(200),
    'Requests a second from one address (IPv6: from one /64); five times as many may come at once.',
  ),
  hostRequestsPerSecond: variable(
    'TU_ESIGN_HOST_REQUESTS_PER_SECOND',
    count(1_000),
    'Requests a second with tokens of one host; five times as many may come at once.',
  ),
  bodyMegabytes: variable(
    'TU_ESIGN_BODY_MEGABYTES',
    count(256),
    'Most memory for bodies of requests at once, in megabytes.',
  ),
  uploads: variable('TU_ESIGN_UPLOADS', count(16), 'Uploaded agreements that are read, or wait to be, at once.'),
  eventStreams: variable('TU_ESIGN_EVENT_STREAMS', count(2_000), 'Streams of events that are open at once.'),
  unfinishedSignings: variable(
    'TU_ESIGN_UNFINISHED_SIGNINGS',
    count(10_000),
    'Unfinished signings beyond which no more are accepted for the time being.',
  ),
  reserveMegabytes: variable(
    'TU_ESIGN_RESERVE_MEGABYTES',
    countFromNone(256),
    'Room on the disk that uploads leave to signings, in megabytes (at most a twentieth of the disk); the last quarter of it is for what was accepted.',
  ),
  operatorKey: secret(
    'TU_ESIGN_OPERATOR_KEY',
    atLeast(32).optional(),
    'What lets the operator in at `/metrics` and `/v1/operator/…`, at an address of their own; without it nothing listens there.',
  ),
  operatorAddress: variable(
    'TU_ESIGN_OPERATOR_ADDRESS',
    z.string().transform(toListenAddress).prefault('127.0.0.1:8081'),
    'Address and port of the operator’s endpoints.',
  ),
  traceEndpoint: variable(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    webAddress.optional(),
    'Where traces are sent, by OTLP over HTTP; without it there are none.',
  ),
  drainSeconds: variable(
    'TU_ESIGN_DRAIN_SECONDS',
    countFromNone(0),
    'How long a stop goes on answering, no longer ready, until load balancers have seen it, in seconds.',
  ),
  retentionDays: variable(
    'TU_ESIGN_RETENTION_DAYS',
    count(3653),
    'Days for which finished signings and unused agreements are kept, with all their files.',
  ),
  stopSeconds: variable('TU_ESIGN_STOP_SECONDS', count(20), 'How long a stop waits for work under way, in seconds.'),
});

export type SettingName = keyof typeof Settings.shape;

/** The name of the variable that sets it. */
export const variableOf = (setting: SettingName): string => variables.get(Settings.shape[setting])!.name;

/** What the setting means. */
export const descriptionOf = (setting: SettingName): string => variables.get(Settings.shape[setting])!.description;

const describedOf = (setting: SettingName): Variable => variables.get(Settings.shape[setting])!;
const described = (Object.keys(Settings.shape) as SettingName[]).map(describedOf);

/** All names. */
export const settingVariables = described.map(({ name }) => name);
export const pathVariables = described.filter(({ kind }) => kind === 'path').map(({ name }) => name);
/** Each may as well be in a file, which the same name with `_FILE` behind it names. */
export const secretVariables = described.filter(({ kind }) => kind === 'secret').map(({ name }) => name);
