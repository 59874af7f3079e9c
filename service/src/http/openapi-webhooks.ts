import { Notification } from '@tu-esign/contract';
import type { ZodOpenApiPathsObject } from 'zod-openapi';

const headers = {
  'webhook-id': 'The same each time the same is told',
  'webhook-timestamp': 'Of this attempt, in seconds since the epoch',
  'webhook-signature': 'v1 (HMAC-SHA-256) and v1a (Ed25519) signatures, one of them for each of the host’s secrets',
};

/** What the service posts to the address in the hosts file (Standard Webhooks 1.0). */
export const webhooks: ZodOpenApiPathsObject = {
  notification: {
    post: {
      summary: 'A host is told what became of a signing',
      parameters: Object.entries(headers).map(([name, description]) => ({
        name,
        in: 'header',
        required: true,
        description,
        schema: { type: 'string' },
      })),
      requestBody: { required: true, content: { 'application/json': { schema: Notification } } },
      responses: {
        '2XX': { description: 'Told' },
        '410': { description: 'Not wanted any more: given up' },
        default: { description: 'Not told: tried again later' },
      },
    },
  },
};
