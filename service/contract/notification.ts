import { z } from 'zod';
import { AgreementView, SequenceView, SigningStatus, SigningView } from './signing.ts';

/** What a host is told of one signatory's part, and when. */
const ofSigning = {
  'signing.signed': 'One signatory has signed; other outputs may not be there yet.',
  'signing.completed': 'One signatory has signed, and each output of theirs is there or has failed.',
  'signing.failed': 'The document could not be signed; `data.problem` says why.',
  'signing.review': 'Whether it was signed is not known; an operator finds out.',
  'signing.declined': 'The signatory does not want to sign; `data.declineReason` says why.',
  'signing.withdrawn': 'You have withdrawn it before it was signed.',
  'conservation-certificate.issued': 'The signed PDF has its conservation certificate.',
  'conservation-certificate.failed': 'It has none in time, or one that does not hold.',
  'key-certificate.issued': 'The certificate of the key that signed is there.',
  'key-certificate.failed': 'The key certificate that was handed out does not hold.',
  'document.renewed':
    'The signed PDF has a new time-stamp over all of it, years after it was signed: fetch it anew. It begins with the one before, byte for byte.',
} as const;
/** The same of the agreement as a whole. */
const ofAgreement = {
  'agreement.completed': 'All have signed, and every output is there: **mark the contract complete on this one**.',
  'agreement.ended': 'It will not be completed; `data.reason` says why.',
} as const;

/** Every type, and when it is told. */
export const notificationTypes = { ...ofAgreement, ...ofSigning };

const typesOf = <Type extends string>(told: Record<Type, string>) => Object.keys(told) as [Type, ...Type[]];

/** What a host is told of: what happened to one signatory's part, and to the agreement as a whole. */
export const NotificationType = z
  .enum([...typesOf(ofSigning), ...typesOf(ofAgreement)])
  .meta({ id: 'NotificationType' });
export type NotificationType = z.infer<typeof NotificationType>;

type OfAgreement = keyof typeof ofAgreement;

/** Whether it is of an agreement as a whole. */
export const isOfAgreement = (type: NotificationType): type is OfAgreement => Object.hasOwn(ofAgreement, type);

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
    z.object({ ...told, type: z.enum(typesOf(ofSigning)), data: SigningView }),
    z.object({ ...told, type: z.enum(typesOf(ofAgreement)), data: AgreementView }),
  ])
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof Notification>;
