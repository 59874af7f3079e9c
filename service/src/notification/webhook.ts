import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { askForStatus, readRetryAfter, type AnswerHead } from '#network/http-client.ts';
import type { Tracer } from '#telemetry/tracer.ts';
import { createPublicLookup, refusePrivateLiteral, type Resolve } from '#network/public-lookup.ts';
import { signMessage, type SignedMessage } from './sign.ts';

/** Where a host's notifications go, and what they are signed with. */
export interface Webhook {
  url: string;
  /** See signMessage. */
  secrets: readonly string[];
  /** The target may be this machine or a private network. */
  allowPrivate: boolean;
}

/** One notification, ready to be sent. */
export interface Message {
  /** The same at every attempt. */
  id: string;
  /** JSON. */
  body: string;
}

/** How an attempt ended. */
export interface Outcome {
  /** `gone`: the receiver wants no more of it. */
  result: 'delivered' | 'gone' | 'failed';
  /** The status, or the code of the error. */
  reason: string;
  /** What the receiver asked for, in milliseconds. */
  retryAfterMs?: number;
}

/** Sends once, and never throws. Of the answer only the status is told. */
export type Send = (webhook: Webhook, message: Message) => Promise<Outcome>;

export interface SendOptions {
  now: () => Date;
  /** For the whole attempt. */
  timeoutMs?: number;
  /** In place of the system's resolver. */
  resolve?: Resolve;
}

/** How much of an answer is read before the connection is closed; nobody looks at it. */
const mostBytes = 64 * 1024;

/** Sends by Standard Webhooks 1.0; redirects are not followed, connections are not kept. */
export const createSend = ({ now, timeoutMs = 20_000, resolve }: SendOptions): Send => {
  const publicLookup = createPublicLookup(resolve);
  // Of their own: a connection that something else has opened to the same name was not checked here.
  const agent = { http: new HttpAgent(), https: new HttpsAgent() };

  const post = async (webhook: Webhook, message: Message): Promise<AnswerHead> => {
    const { url, secrets, allowPrivate } = webhook;
    if (!allowPrivate) refusePrivateLiteral(url);
    return askForStatus({
      url,
      body: message.body,
      headers: toHeaders({ ...message, timestamp: Math.floor(now().getTime() / 1000) }, secrets),
      timeoutMs,
      mostBytes,
      connections: { agent, ...(!allowPrivate && { dnsLookup: publicLookup }) },
    });
  };

  return async (webhook, message) => {
    try {
      return toOutcome(await post(webhook, message), now());
    } catch (error) {
      return toFailure(error);
    }
  };
};

const toHeaders = (message: SignedMessage, secrets: readonly string[]) => ({
  'content-type': 'application/json',
  'user-agent': 'tu-esign',
  'webhook-id': message.id,
  'webhook-timestamp': String(message.timestamp),
  'webhook-signature': signMessage(message, secrets),
});

const toOutcome = (answer: AnswerHead, now: Date): Outcome => {
  const { status } = answer;
  const reason = String(status);
  if (status >= 200 && status < 300) return { result: 'delivered', reason };
  if (status === 410) return { result: 'gone', reason };
  const retryAfterMs = readRetryAfter(answer, now);
  return { result: 'failed', reason, ...(retryAfterMs !== undefined && { retryAfterMs }) };
};

/** The code alone is told: a message may hold more than a host's log should. */
const toFailure = (error: unknown): Outcome => {
  const { code } = Object(error) as { code?: unknown };
  return { result: 'failed', reason: typeof code === 'string' ? code : 'ERROR' };
};

/** The same way to send, with every try as a span. */
export const traceSend =
  (send: Send, tracer: Tracer): Send =>
  (webhook, message) => {
    const attributes = { 'tu_esign.delivery': message.id };
    return tracer.trace({ name: 'notification send', kind: 'client', attributes }, () => send(webhook, message));
  };
