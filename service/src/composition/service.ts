import { setTimeout as wait } from 'node:timers/promises';
import { openAuthority } from '#authority/authority.ts';
import { createAutographReader } from '#autograph/reader.ts';
import type { ConservationAuthority } from '#conservation/authority.ts';
import { createEmbeddedConservation } from '#conservation/embedded.ts';
import { createHostRegistry } from '#hosts/registry.ts';
import { createTokenVerifier } from '#hosts/token.ts';
import { createApp } from '#http/app.ts';
import { createAdvance } from '#jobs/advance.ts';
import { createNotify } from '#jobs/notify.ts';
import { createRetain } from '#jobs/retain.ts';
import { createSend, traceSend } from '#notification/webhook.ts';
import { createPdfEngine } from '#pades/engine.ts';
import { verifyKeyCertificate } from '@tu-esign/verifier/verdicts/verify-key-certificate.ts';
import { createEmbeddedProvider } from '#providers/embedded.ts';
import type { Provider } from '#providers/provider.ts';
import { createChanges } from '#signing/changes.ts';
import { createDraftKeys } from '#signing/draft-key.ts';
import { createLinks, type Holder } from '#signing/links.ts';
import { createSeal } from '#signing/seal.ts';
import type { Records } from '#records/records.ts';
import { openSealCertificates, openSealKey, openSecret } from '#keys/secret.ts';
import { chooseAuthorities } from './choose-authorities.ts';
import { chooseProviders } from './choose-providers.ts';
import type { Config } from './config.ts';
import { openEngines } from './engines.ts';
import { watchEventLoop } from '#telemetry/event-loop.ts';
import { listen } from '#network/listen.ts';
import type { Log } from '#telemetry/log.ts';
import type { Measured } from '#telemetry/metrics.ts';
import { openTelemetry } from './telemetry.ts';
import { createTuIdentidad } from './tu-identidad-neighbour.ts';
import { createViewOf } from '#records/views.ts';

/** A service that runs. */
export interface Service {
  /** Where it is reached. */
  url: string;
  /** Takes no new work, ends what is under way or leaves it for the next start, and closes everything. */
  stop(): Promise<void>;
}

const now = () => new Date();
const hourMs = 3_600_000;

/** What a service can be given besides its configuration. */
export interface ServiceExtras {
  /** Providers besides the embedded one, which hosts name in their configuration. */
  providers?: readonly Provider[];
}

/** Composes the rooms and listens. */
export const startService = async (config: Config, log: Log, extras: ServiceExtras = {}): Promise<Service> => {
  const { keys, files, scheduler, openRecords } = await openEngines(config, log);
  const sealKey = await openSealKey(keys);
  const records = await openRecords({ now, seal: createSeal(sealKey) });
  const { signings: store, deliveries, retention } = records;
  const telemetry = await openTelemetry(config, () => measure(records));
  const { tracer } = telemetry;
  const authority = await openAuthority({ keys, now, name: config.organisation });
  const engine = createPdfEngine({ timeoutMs: config.pdfSeconds * 1000, memoryMb: config.pdfMegabytes });
  const autographs = createAutographReader();
  const embedded = createEmbeddedProvider({ engine, authority, now });
  const tuIdentidad = config.providers.map(createTuIdentidad);
  const providers = [embedded, ...(extras.providers ?? [])];
  const providerOf = chooseProviders(config, { providers, tuIdentidad, ...telemetry });
  const others = new Map<string, ConservationAuthority>([['embedded', createEmbeddedConservation({ authority, now })]]);
  const conservationOf = chooseAuthorities(config, { others, tuIdentidad, tracer, now });
  const changes = createChanges();
  const draining = new AbortController();
  const stopping = new AbortController();
  const registry = createHostRegistry(config.hosts);
  const advance = createAdvance({
    store,
    files,
    providerOf,
    conservationOf,
    verifyDocument: engine.verifyDocument,
    verifyKeyCertificate,
    toTell: registry.toTell,
    now,
    outputDeadlineMs: config.outputHours * hourMs,
    changes,
    log,
    ...telemetry,
    stopping: stopping.signal,
  });

  const listener = await listen(config);
  const url = config.publicUrl ?? `http://localhost:${listener.port}`;
  const eventLoop = watchEventLoop();
  const linkKey = await openSecret(keys, 'links');
  const linksFor = (holder: Holder) =>
    createLinks({ key: linkKey, publicUrl: url, lifetimeSeconds: config.linkSeconds, holder, now: Date.now });
  const links = linksFor('signatory');
  const notify = createNotify({
    deliveries,
    store,
    webhookOf: (hostId) => registry.find(hostId)?.webhook,
    viewOf: createViewOf({ store, links: linksFor('host'), conservationOf }),
    send: traceSend(createSend({ now }), tracer),
    log,
  });
  const app = await createApp({
    registry,
    tokens: createTokenVerifier({ registry, audience: url, now }),
    store,
    deliveries,
    files,
    links,
    draftKeyOf: createDraftKeys(await openSecret(keys, 'drafts')),
    viewOf: createViewOf({ store, links, conservationOf }),
    changes,
    acceptDocument: engine.accept,
    verifySigned: engine.verify,
    readAutograph: autographs.read,
    limits: config,
    log,
    ...telemetry,
    operatorKey: config.operatorKey,
    now,
    wake: (work, id) => scheduler.wake(work, id),
    rootPem: authority.rootPem,
    sealCertificates: await openSealCertificates(keys, sealKey, authority.certifySeal),
    draining: draining.signal,
    stopping: stopping.signal,
    lagMs: eventLoop.lagMs,
    elementFolder: config.elementFolder,
  });
  const retain = createRetain({ retention, files, days: config.retentionDays, now, log });
  await scheduler.start([advance, notify, retain]);
  listener.answerWith(app.callback());
  return {
    url,
    async stop() {
      draining.abort();
      // Whoever sends requests here looks at the readiness, and needs time to see it.
      await wait(config.drainSeconds * 1000);
      stopping.abort();
      const deadlineMs = config.stopSeconds * 1000;
      const closed = listener.close(deadlineMs);
      await scheduler.stop(deadlineMs);
      await closed;
      await engine.close();
      await autographs.close();
      eventLoop.close();
      await records.close();
      await tracer.close();
    },
  };
};

const measure = async ({ signings, deliveries }: Records): Promise<Measured> => {
  const due = { signings: await signings.countDue(), deliveries: await deliveries.countDue() };
  return { ...(await signings.summarise()), due };
};
