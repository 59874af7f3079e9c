import type { Tracer } from '#telemetry/tracer.ts';
import type { Send } from './webhook.ts';

/** The same way to send, with every try traced. */
export const traceSend =
  (send: Send, tracer: Tracer): Send =>
  (webhook, message) => {
    const attributes = { 'tu_esign.delivery': message.id };
    return tracer.trace({ name: 'notification send', kind: 'client', attributes }, () => send(webhook, message));
  };
