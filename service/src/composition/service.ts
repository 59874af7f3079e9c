import { setTimeout as wait } from 'node:timers/promises';
import { createRoom, type Room } from '#files/room.ts';
import { createHostRegistry } from '#hosts/registry.ts';
import { createTokenVerifier } from '#hosts/token.ts';
import { createApp } from '#http/app.ts';
import { createPlaces } from '#http/request/places.ts';
import { createOperatorApp } from '#http/operator-app.ts';
import { createAdvance } from '#jobs/advance.ts';
import { createNotify } from '#jobs/notify.ts';
import { createRenew } from '#jobs/renewal/renew.ts';
import { createErase } from '#jobs/retention/erase.ts';
import { createRetain } from '#jobs/retention/retain.ts';
import { createSweep } from '#jobs/retention/sweep.ts';
import { openSealCertificates, openSecrets } from '#keys/secret.ts';
import { listen } from '#network/listen.ts';
import { createSend, traceSend } from '#notification/webhook.ts';
import type { Provider } from '#providers/provider.ts';
import type { Records } from '#records/records.ts';
import { createAgreementViewOf, createViewOf } from '#records/views.ts';
import { createChanges } from '#signing/changes.ts';
import { createDraftKeys } from '#signing/draft-key.ts';
import { createLinks, type Holder, type Links } from '#signing/links.ts';
import { createClock } from '#telemetry/clock.ts';
import { watchEventLoop } from '#telemetry/event-loop.ts';
import type { Log } from '#telemetry/log.ts';
import type { Measured } from '#telemetry/metrics.ts';
import { verifyKeyCertificate } from '@tu-esign/verifier/verdicts/verify-key-certificate.ts';
import type { Config } from './settings/config.ts';
import { createReload, type Reload } from './reload.ts';
import { openEngines } from './engines.ts';
import { openSigners } from './signers.ts';
import { openTelemetry } from './telemetry.ts';
import { openThreads, type Threads } from './threads.ts';

/** A service that runs. */
export interface Service {
  /** Where it is reached. */
  url: string;
  /** The address and port that it listens on. */
  bound: string;
  /** Where the operator's endpoints are, where there is an operator. */
  operatorUrl?: string;
  /**
   * Takes the hosts file as it is now, for what comes from here on.
   * @throws Problem configuration-wrong, and the old one stays in force
   */
  readonly reload: Reload;
  /** Takes no new work, ends what is under way or leaves it for the next start, and closes everything. */
  stop(): Promise<void>;
}

/** What a service can be given besides its configuration. */
export interface ServiceExtras {
  /** Providers besides the embedded one, which hosts name in their configuration. */
  providers?: readonly Provider[];
  /** Threads for files of other people's making, which a stop closes; without them the service starts its own. */
  readonly threads?: Threads;
  /** The configuration as it is written now; without it there is nothing to read anew. @throws ConfigError */
  readonly readConfig?: () => Config;
}

const hourMs = 3_600_000;
const megabyte = 1024 * 1024;

/** Composes the rooms and listens. */
export const startService = async (config: Config, log: Log, extras: ServiceExtras = {}): Promise<Service> => {
  const parts = await openParts(config, log, extras);
  const { scheduler, listener, url } = parts;
  const app = await createHttp(config, parts);
  await scheduler.start(createJobs(config, parts));
  listener.answerWith(app.callback());
  parts.operatorListener?.answerWith(createOperatorHttp(config, parts).callback());
  const { operatorUrl } = parts;
  const { reload } = parts;
  return { url, reload, bound: listener.bound, ...(operatorUrl && { operatorUrl }), stop: () => stop(config, parts) };
};

type Parts = Awaited<ReturnType<typeof openParts>>;

/** What http and jobs share, and what is closed at the end. */
const openParts = async (config: Config, log: Log, extras: ServiceExtras) => {
  const { providers: others = [], readConfig = () => config } = extras;
  const clock = createClock({ log });
  const { now } = clock;
  const engines = await openEngines(config, { log, now });
  const { keys, holder, records } = engines;
  const { revocations } = records;
  const room = openRoom(config, log);
  const telemetry = await openTelemetry(config, () => measure(records, room));
  // After what may end the start: a thread would keep the process.
  const threads = extras.threads ?? openThreads(config);
  const signers = await openSigners(config, {
    engine: threads.engine,
    keys,
    holder,
    revocations,
    now,
    others,
    ...telemetry,
  });
  clock.bound(signers.authority.validity);
  // It listens already, and answers once all is there: a free port is known only then, and links name it.
  const listener = await listen(config);
  const operatorListener = config.operatorKey === undefined ? undefined : await listen(config.operatorAddress);
  const url = config.publicUrl ?? `http://localhost:${listener.port}`;
  const { signings: store, deliveries, retention, erasures } = records;
  const { conservationOf } = signers;
  const registry = createHostRegistry(config.hosts);
  const linkKeys = await openSecrets(keys, 'links');
  const linksFor = (holder: Holder): Links =>
    createLinks({ keys: linkKeys, publicUrl: url, lifetimeSeconds: config.linkSeconds, holder, now: Date.now });
  return {
    ...engines,
    ...telemetry,
    ...signers,
    threads,
    store,
    deliveries,
    retention,
    erasures,
    room,
    registry,
    reload: createReload({ config, readConfig, registry, signers }),
    changes: createChanges(),
    eventLoop: watchEventLoop(),
    clock,
    now,
    listener,
    operatorListener,
    operatorUrl: operatorListener && toUrl(config.operatorAddress.address, operatorListener.port),
    url,
    linksFor,
    viewFor: (holder: Holder) => createViewOf({ store, links: linksFor(holder), conservationOf }),
    agreementViewOf: createAgreementViewOf({ store, links: linksFor('host'), conservationOf }),
    draining: new AbortController(),
    stopping: new AbortController(),
    log,
  };
};

/** Of the disk that anything is kept on. */
const openRoom = ({ databaseUrl, s3, dataFolder, reserveMegabytes }: Config, log: Log): Room =>
  createRoom({ folder: databaseUrl && s3 ? undefined : dataFolder, reserve: reserveMegabytes * megabyte, log });

const createJobs = (config: Config, parts: Parts) => {
  const { store, deliveries, retention, files, registry, changes, tracer, meter, log, now } = parts;
  const advance = createAdvance({
    store,
    files,
    providerOf: parts.providerOf,
    conservationOf: parts.conservationOf,
    verifyDocument: parts.threads.engine.verifyDocument,
    verifyKeyCertificate,
    notificationsFor: registry.notificationsFor,
    outputDeadlineMs: config.outputHours * hourMs,
    changes,
    stopping: parts.stopping.signal,
    tracer,
    meter,
    log,
    now,
  });
  const notify = createNotify({
    store,
    deliveries,
    webhookOf: (hostId) => registry.find(hostId)?.webhook,
    viewOf: parts.viewFor('host'),
    agreementViewOf: parts.agreementViewOf,
    send: traceSend(createSend({ now }), tracer),
    log,
  });
  const retain = createRetain({ retention, files, days: config.retentionDays, log, now });
  const erase = createErase({ erasures: parts.erasures, retention, files, days: config.retentionDays, log });
  const sweep = createSweep({ files, namedFiles: parts.records.namedFiles, log, now });
  const renew = createRenew({
    store: parts.records.renewals,
    files,
    renewals: parts.renewals,
    verifyDocument: parts.threads.engine.verifyDocument,
    notificationsFor: registry.notificationsFor,
    days: config.renewalDays,
    digest: config.archiveDigest,
    log,
    now,
  });
  return [advance, notify, retain, erase, sweep, renew];
};

const createHttp = async (config: Config, parts: Parts) => {
  const { registry, url, keys, authority, scheduler, threads, now } = parts;
  const secrets = await openSecrets(keys, 'drafts');
  return createApp({
    registry,
    tokens: createTokenVerifier({ registry, audience: url, now }),
    store: parts.store,
    files: parts.files,
    room: parts.room,
    links: parts.linksFor('signatory'),
    viewOf: parts.viewFor('signatory'),
    hostViewOf: parts.viewFor('host'),
    agreementViewOf: parts.agreementViewOf,
    erasures: parts.erasures,
    placesOf: createPlaces({ ...parts, findPlaces: threads.engine.findPlaces }),
    draftKeyOf: createDraftKeys({
      secrets,
      firstShownAt: (place) => parts.store.firstShownAt(place),
      now: () => now().getTime(),
    }),
    changes: parts.changes,
    acceptDocument: threads.uploads.accept,
    readAutograph: threads.autographs.read,
    limits: config,
    wake: (work: 'advance' | 'erase', id: string) => scheduler.wake(work, id),
    rootPem: authority.rootPem,
    publication: authority.publication,
    sealCertificates: await openSealCertificates(keys, authority.certifySeal, parts.holder),
    draining: parts.draining.signal,
    stopping: parts.stopping.signal,
    lagMs: parts.eventLoop.lagMs,
    elementFolder: config.elementFolder,
    isHttps: url.startsWith('https:'),
    meter: parts.meter,
    tracer: parts.tracer,
    log: parts.log,
    now,
  });
};

/** As a URL has it, with an IPv6 address in brackets. */
const toUrl = (address: string, port: number): string =>
  `http://${address.includes(':') ? `[${address}]` : address}:${port}`;

const createOperatorHttp = (config: Config, parts: Parts) => {
  const { store, deliveries, files, threads, scheduler, metrics, draining, log, meter, tracer, now } = parts;
  return createOperatorApp({
    store,
    revocations: parts.records.revocations,
    issuers: parts.authority,
    renewals: parts.records.renewals,
    deliveries,
    files,
    verifySigned: threads.engine.verify,
    registry: parts.registry,
    reload: parts.reload,
    changes: parts.changes,
    limits: config,
    operatorKey: config.operatorKey,
    wake: (work: 'advance' | 'notify', id: string) => scheduler.wake(work, id),
    draining: draining.signal,
    metrics,
    log,
    meter,
    tracer,
    now,
  });
};

const stop = async (config: Config, parts: Parts): Promise<void> => {
  parts.draining.abort();
  // Load balancers need time to see that this instance is no longer ready.
  await wait(config.drainSeconds * 1000);
  parts.stopping.abort();
  const deadlineMs = config.stopSeconds * 1000;
  const closed = Promise.all([parts.listener.close(deadlineMs), parts.operatorListener?.close(deadlineMs)]);
  await parts.scheduler.stop(deadlineMs);
  await closed;
  await parts.threads.close();
  parts.eventLoop.close();
  parts.clock.close();
  await parts.records.close();
  await parts.tracer.close();
};

const measure = async ({ signings, deliveries }: Records, room: Room): Promise<Measured> => {
  const due = { signings: await signings.countDue(), deliveries: await deliveries.countDue() };
  return { ...(await signings.summarise()), due, freeBytes: await room.free() };
};
