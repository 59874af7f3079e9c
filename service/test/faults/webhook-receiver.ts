import { randomBytes } from 'node:crypto';
import { Notification } from '@tu-esign/contract';
import { Webhook } from 'standardwebhooks';
import { signedHeaders, startReceiver, type Answer, type Arrived } from '../receiver.ts';

export const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;

/** A host's receiver, which verifies every message at once: signatures age. */
export const startWebhookReceiver = async (answer?: Answer) => {
  /** Of each signing and type, the ids it was told under. */
  const told = new Map<string, Set<string>>();
  const faulty: string[] = [];
  const receiver = await startReceiver(answer);
  const keep = (arrived: Arrived): void => {
    try {
      const { type, data } = Notification.parse(
        new Webhook(webhookSecret).verify(arrived.body, signedHeaders(arrived)),
      );
      const key = `${data.id} ${type}`;
      told.set(key, (told.get(key) ?? new Set()).add(String(arrived.headers['webhook-id'])));
    } catch (error) {
      faulty.push(String(error));
    }
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
