import { isOfAgreement, type AgreementView, type Notification, type SigningView } from '@tu-esign/contract';
import { toCause, type Log, type LogAttributes } from '#telemetry/log.ts';
import { planRetry } from '#notification/retry-plan.ts';
import type { Outcome, Send, Webhook } from '#notification/webhook.ts';
import type { Observation } from '#signing/evidence.ts';
import type { Signing } from '#signing/signing.ts';
import type { Delivery, DeliveryStore } from '#records/deliveries.ts';
import type { SigningStore } from '#records/signing-store.ts';
import { createBulkhead } from './bulkhead.ts';
import { leaseMs } from './lease.ts';
import type { Work } from '#scheduling/scheduler.ts';

export interface NotifyOptions {
  deliveries: DeliveryStore;
  store: Pick<SigningStore, 'find' | 'appendEvidence'>;
  /** Undefined where the host wants none, or wants none any more. */
  webhookOf: (hostId: string) => Webhook | undefined;
  /** With links that are fresh. */
  viewOf: (signing: Signing) => Promise<SigningView>;
  /** Undefined where nothing is known of it any more. */
  readonly agreementViewOf: (host: string, identifier: string) => Promise<AgreementView | undefined>;
  send: Send;
  log: Log;
}

/** How long a notification is put off while another one is being sent to the same host, which failed before. */
const putOffMs = 5_000;

/** The work that tells hosts, at least once each time, until they have answered or it is given up. */
export const createNotify = (options: NotifyOptions): Work => {
  const { deliveries, store, webhookOf, send, log } = options;
  const bulkhead = createBulkhead<Outcome>(({ result }) => result === 'failed');

  const attempt = async (delivery: Delivery): Promise<Outcome> => {
    const webhook = webhookOf(delivery.host);
    const notification = webhook && (await toNotification(delivery, options));
    if (!notification) return { result: 'gone', reason: 'NO_WEBHOOK' };
    return send(webhook, { id: delivery.id, body: JSON.stringify(notification) });
  };

  const deliver = async (id: string): Promise<void> => {
    const delivery = await deliveries.claim(id, leaseMs);
    if (!delivery) return;
    const startedAt = performance.now();
    const outcome = await bulkhead.run(delivery.host, () => attempt(delivery));
    if (!outcome) return void (await deliveries.save(delivery, putOffMs * (1 + Math.random())));
    const [settled, dueInMs] = settle(delivery, outcome);
    // Before the delivery is saved: it has arrived, even if saving fails and it is sent once more.
    const { signingId } = delivery;
    if (outcome.result === 'delivered' && signingId) await store.appendEvidence(signingId, toObservation(delivery));
    await deliveries.save(settled, dueInMs);
    const durationMs = Math.round(performance.now() - startedAt);
    log.info('a notification was tried', { ...toAttributes(settled), durationMs });
  };

  return {
    name: 'notify',
    findDue: (limit) => deliveries.findDue(limit),
    dueInMs: (id) => deliveries.dueInMs(id),
    makeAllDue: () => deliveries.makeAllDue(),
    // A delivery that could not be saved is due again when its lease ends, and then arrives twice under one id.
    run: (id) => deliver(id).catch((error) => log.error('notifying failed', { delivery: id, error: toCause(error) })),
  };
};

const toObservation = ({ id, type }: Delivery): Observation => ({
  kind: 'notified',
  data: { notification: id, type },
});

const toAttributes = ({ id, signingId, host, attempts, state, outcome }: Delivery): LogAttributes => ({
  delivery: id,
  ...(signingId && { signing: signingId }),
  host,
  attempts,
  step: state,
  status: outcome ?? '',
});

/**
 * Says what happened, when it did and how things stood then; `data` shows them as they are now.
 * @returns undefined where that of which it tells was erased
 */
const toNotification = async (
  delivery: Delivery,
  { store, viewOf, agreementViewOf }: Pick<NotifyOptions, 'store' | 'viewOf' | 'agreementViewOf'>,
): Promise<Notification | undefined> => {
  const { id, type, createdAt, stateThen } = delivery;
  const timestamp = new Date(createdAt).toISOString();
  if (isOfAgreement(type)) {
    const data = await agreementViewOf(delivery.host, delivery.identifier);
    return data && { id, version: 1, type, timestamp, state: stateThen ?? { sequence: data.sequence }, data };
  }
  const signing = delivery.signingId ? await store.find(delivery.signingId) : undefined;
  if (!signing) return undefined;
  const data = await viewOf(signing);
  // An older release kept no state of that moment.
  const state = stateThen ?? { status: data.status, sequence: data.sequence };
  return { id, version: 1, type, timestamp, state, data };
};

/** The delivery after an attempt, and in how many milliseconds the next is due. */
const settle = (delivery: Delivery, { result, reason, retryAfterMs }: Outcome): [Delivery, number | null] => {
  const tried = { ...delivery, outcome: reason };
  if (result === 'delivered') return [{ ...tried, state: 'delivered' }, null];
  const attempts = delivery.attempts + 1;
  const dueInMs = result === 'gone' ? null : planRetry(attempts, retryAfterMs);
  return [{ ...tried, attempts, state: dueInMs === null ? 'given-up' : 'pending' }, dueInMs];
};
