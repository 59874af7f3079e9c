import { z } from 'zod';
import { NotificationType } from './notification.ts';
import { SigningStatus } from './signing.ts';

/** What an operator sees of a signing: nothing of the signatory. */
export const OperatorSigning = z
  .object({
    id: z.string(),
    host: z.string(),
    identifier: z.string(),
    status: SigningStatus,
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'OperatorSigning' });
export type OperatorSigning = z.infer<typeof OperatorSigning>;

const page = {
  hasMore: z.boolean(),
  nextCursor: z.string().optional().meta({ description: 'Given as `cursor`, it leads on.' }),
};

/** Signings in one status, the one that has waited longest first. */
export const OperatorSignings = z
  .object({ signings: z.array(OperatorSigning), ...page })
  .meta({ id: 'OperatorSignings' });
export type OperatorSignings = z.infer<typeof OperatorSignings>;

/** What a person found out of a signing in review; `not-signed` is tried again. */
export const ResolutionOutcome = z.enum(['signed', 'not-signed', 'failed']).meta({ id: 'ResolutionOutcome' });
export type ResolutionOutcome = z.infer<typeof ResolutionOutcome>;

/** How far a notification has come: it waits for its next try, it arrived, or no more tries are made. */
export const DeliveryState = z.enum(['pending', 'delivered', 'given-up']).meta({ id: 'DeliveryState' });
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One notification for a host. */
export const OperatorDelivery = z
  .object({
    id: z.string().meta({ description: '`webhook-id`, the same at every try.' }),
    signing: z
      .string()
      .nullable()
      .meta({ description: 'Null where it is about an agreement that nobody has come to sign.' }),
    host: z.string(),
    type: NotificationType,
    state: DeliveryState,
    attempts: z.int(),
    createdAt: z.iso.datetime(),
    outcome: z.string().nullable().meta({ description: 'How the last try ended.' }),
  })
  .meta({ id: 'OperatorDelivery' });
export type OperatorDelivery = z.infer<typeof OperatorDelivery>;

/** Notifications, oldest first. */
export const OperatorDeliveries = z
  .object({ deliveries: z.array(OperatorDelivery), ...page })
  .meta({ id: 'OperatorDeliveries' });
export type OperatorDeliveries = z.infer<typeof OperatorDeliveries>;

/** What the hosts file as it is now changes, one sentence each; `applied` where it was taken. */
export const OperatorReload = z
  .object({ applied: z.boolean(), hosts: z.int(), changes: z.array(z.string()) })
  .meta({ id: 'OperatorReload' });
export type OperatorReload = z.infer<typeof OperatorReload>;

/** Why a certificate is revoked (RFC 5280, 5.3.1). */
export const RevocationReason = z
  .enum(['unspecified', 'key-compromise', 'affiliation-changed', 'superseded', 'cessation-of-operation'])
  .meta({ id: 'RevocationReason' });
export type RevocationReason = z.infer<typeof RevocationReason>;

/** A certificate to revoke: that of a signing, or one by its serial number. */
export const OperatorRevocationRequest = z
  .strictObject({
    signing: z.uuid().optional().meta({ description: 'Whose key certificate is revoked.' }),
    serialNumber: z
      .string()
      .regex(/^[0-9A-Fa-f:]{1,80}$/)
      .optional()
      .meta({ description: 'Of the certificate, in hexadecimal digits, where no signing is named.' }),
    reason: RevocationReason.default('unspecified'),
    revokedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .meta({ description: 'From when on it is not to be believed, at the latest now; by default now.' }),
  })
  .refine(({ signing, serialNumber }) => (signing === undefined) !== (serialNumber === undefined), {
    error: 'Either signing or serialNumber is given',
  })
  .meta({ id: 'OperatorRevocationRequest' });
export type OperatorRevocationRequest = z.infer<typeof OperatorRevocationRequest>;

/** A certificate that is revoked, as it is told to everybody: the first word on it stands. */
export const OperatorRevocation = z
  .object({
    serialNumber: z.string().meta({ description: 'In hexadecimal digits.' }),
    reason: RevocationReason,
    revokedAt: z.iso.datetime(),
    registeredAt: z.iso.datetime().meta({ description: 'When the service was told.' }),
  })
  .meta({ id: 'OperatorRevocation' });
export type OperatorRevocation = z.infer<typeof OperatorRevocation>;

const Month = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .meta({ description: 'Year and month, UTC.' });

/** When time-stamps over documents are due to be renewed. */
export const OperatorRenewals = z
  .object({
    now: z.int().meta({ description: 'Documents that are due, or have been for some time.' }),
    unread: z.int().meta({ description: 'Documents of which it is not known yet when their time-stamps end.' }),
    months: z
      .array(
        z.object({
          month: Month,
          documents: z.int().meta({ description: 'How many are renewed, or looked at again, in that month.' }),
          firstEnd: z.iso.datetime().meta({ description: 'When the first certificate of their time-stamps ends.' }),
        }),
      )
      .meta({ description: 'From the next one on, those in which there is anything to do.' }),
  })
  .meta({ id: 'OperatorRenewals' });
export type OperatorRenewals = z.infer<typeof OperatorRenewals>;
