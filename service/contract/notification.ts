import { z } from 'zod';
import { SigningView } from './signing.ts';

/** What a host is told of. */
export const NotificationType = z
  .enum([
    'signing.signed',
    'signing.completed',
    'signing.failed',
    'signing.review',
    'signing.declined',
    'conservation.issued',
    'conservation.failed',
    'key-certificate.failed',
  ])
  .meta({ id: 'NotificationType' });
export type NotificationType = z.infer<typeof NotificationType>;

/** What the service tells the host's back end (Standard Webhooks: type, timestamp, data). */
export const Notification = z
  .strictObject({
    type: NotificationType,
    timestamp: z.iso.datetime(),
    data: SigningView,
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;
