import { createHmac, randomBytes } from 'node:crypto';
import { Notification } from '@tu-esign/contract';
import { startReceiver, type Answer, type Arrived } from '../receiver.ts';

const key = randomBytes(32);
export const webhookSecret = `whsec_${key.toString('base64')}`;

/** By the specification, but for the message's age: clocks are set wrong in these tests. */
const isSigned = ({ headers, body }: Arrived): boolean => {
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
};

/** A host's receiver, which verifies every message. */
export const startWebhookReceiver = async (answer?: Answer) => {
  /** Of each signing and type, the ids it was told under. */
  const told = new Map<string, Set<string>>();
  const faulty: string[] = [];
  const receiver = await startReceiver(answer);
  const keep = (arrived: Arrived): void => {
    const { error, data: notification } = Notification.safeParse(JSON.parse(arrived.body));
    if (!isSigned(arrived)) return void faulty.push('the signature is wrong');
    if (!notification) return void faulty.push(String(error));
    // Of an agreement as a whole by who came last; nobody may have come.
    const { data } = notification;
    const about = `${'id' in data ? data.id : (data.signings.at(-1)?.id ?? data.identifier)} ${notification.type}`;
    told.set(about, (told.get(about) ?? new Set()).add(String(arrived.headers['webhook-id'])));
  };
  const { push } = receiver.arrived;
  receiver.arrived.push = (...arrived) => {
    arrived.forEach(keep);
    return push.apply(receiver.arrived, arrived);
  };
  return Object.assign(receiver, {
    /** Messages that do not verify. */
    faulty,
    idsOf: (signingId: string, type: Notification['type']): number => told.get(`${signingId} ${type}`)?.size ?? 0,
  });
};
