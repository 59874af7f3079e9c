import type { Router } from '@koa/router';
import { Webhook } from 'standardwebhooks';
import { readBody } from './body.ts';
import type { Notifications } from './notifications.ts';

export interface WebhookOptions {
  /** `whsec_…`, as the service's hosts file has it. */
  webhookSecret: string;
  notifications: Notifications;
}

/**
 * Where the service tells this host what became of a signing (Standard Webhooks 1.0). Signature, id and time are
 * verified over the bytes that came; who cannot sign gets 401. The same message may come twice, under one id.
 */
export const addWebhook = (router: Router, { webhookSecret, notifications }: WebhookOptions): void => {
  const webhook = new Webhook(webhookSecret);
  router.post('/notifications', async (context) => {
    const body = await readBody(context, 'application/json', 256 * 1024);
    try {
      // Refuses what is signed with another secret, or more than five minutes ago.
      webhook.verify(body, context.headers as Record<string, string>);
    } catch {
      context.throw(401, 'the signature does not verify');
    }
    await notifications.keep(context.get('webhook-id'), JSON.parse(body.toString()));
    context.status = 204;
  });
};
