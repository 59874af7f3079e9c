import type { Router } from '@koa/router';
import { Webhook } from 'standardwebhooks';
import { readBody } from './body.ts';

export interface WebhookOptions {
  /** `whsec_…`, as the service's hosts file has it. */
  webhookSecret: string;
  /** Keeps what was told, once: the same message may come twice, under one id. */
  readonly keep: (id: string, body: unknown) => Promise<void>;
  /** All have signed, and every output is there. Once is enough, and twice changes nothing. */
  readonly markComplete: (identifier: string) => Promise<void>;
}

/** What of a message is read here. */
interface Told {
  type: string;
  data: { identifier: string };
}

/**
 * Where the service tells this host what became of a signing (Standard Webhooks 1.0). Signature, id and time are
 * verified over the bytes that came; who cannot sign gets 401.
 */
export const addWebhook = (router: Router, { webhookSecret, keep, markComplete }: WebhookOptions): void => {
  const webhook = new Webhook(webhookSecret);
  router.post('/notifications', async (context) => {
    const body = await readBody(context, 'application/json', 256 * 1024);
    try {
      // Refuses what is signed with another secret, or more than five minutes ago.
      webhook.verify(body, context.headers as Record<string, string>);
    } catch {
      context.throw(401, 'the signature does not verify');
    }
    const { type, data } = JSON.parse(body.toString()) as Told;
    // Before it is kept: where this fails the service tells it again.
    if (type === 'agreement.completed') await markComplete(data.identifier);
    await keep(context.get('webhook-id'), JSON.parse(body.toString()));
    context.status = 204;
  });
};
