import { z } from 'zod';
import { SigningView } from './signing.ts';

/** What the service tells the host's back end (Standard Webhooks: type, timestamp, data). */
export const Notification = z
  .strictObject({
    type: z.enum(['signing.completed', 'signing.failed', 'signing.declined', 'conservation.issued']),
    timestamp: z.iso.datetime(),
    data: SigningView,
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;
