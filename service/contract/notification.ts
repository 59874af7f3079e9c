import { z } from 'zod';
import { AgreementView, SequenceView, SigningStatus, SigningView } from './signing.ts';

const ofSigning = [
  'signing.signed',
  'signing.completed',
  'signing.failed',
  'signing.review',
  'signing.declined',
  'signing.withdrawn',
  'conservation-certificate.issued',
  'conservation-certificate.failed',
  'key-certificate.issued',
  'key-certificate.failed',
] as const;
const ofAgreement = ['agreement.completed', 'agreement.ended'] as const;

/** What a host is told of: what happened to one signatory's part, and to the agreement as a whole. */
export const NotificationType = z.enum([...ofSigning, ...ofAgreement]).meta({ id: 'NotificationType' });
export type NotificationType = z.infer<typeof NotificationType>;

type OfAgreement = (typeof ofAgreement)[number];

/** Whether it is of an agreement as a whole. */
export const isOfAgreement = (type: NotificationType): type is OfAgreement =>
  (ofAgreement as readonly NotificationType[]).includes(type);

/** How things stood at that moment; `data` says how they stand now. */
export const StateThen = z
  .object({
    status: SigningStatus.optional().meta({ description: 'Of the signing, where it is about one.' }),
    sequence: SequenceView,
  })
  .meta({ id: 'StateThen' });
export type StateThen = z.infer<typeof StateThen>;

const told = {
  id: z.string().meta({ description: 'Names what happened: the same at every try, and in `webhook-id`.' }),
  version: z.literal(1).meta({ description: 'Of the form of this message; new members do not change it.' }),
  timestamp: z.iso.datetime().meta({ description: 'When it happened.' }),
  state: StateThen,
};

/** What the service tells the host's back end (Standard Webhooks: type, timestamp, data). */
export const Notification = z
  .union([
    z.object({ ...told, type: z.enum(ofSigning), data: SigningView }),
    z.object({ ...told, type: z.enum(ofAgreement), data: AgreementView }),
  ])
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;
