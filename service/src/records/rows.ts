import type { ProblemType, SealedEntry, SigningStatus } from '@tu-esign/contract';
import type { Insertable, Selectable } from 'kysely';
import type { EvidenceEntry } from '#signing/evidence.ts';
import { sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import type { Delivery } from './delivery-store.ts';
import type { Schema } from './schema.ts';

type SigningRow = Selectable<Schema['signings']>;

/** A record as its row, without what only the database decides. */
export const toRow = (signing: Signing): Omit<SigningRow, 'next_at'> => ({
  id: signing.id,
  host: signing.host,
  identifier: signing.identifier,
  jti: signing.jti,
  fingerprint: signing.fingerprint,
  status: signing.status,
  epoch: signing.epoch,
  attempts: signing.attempts,
  lookups: signing.lookups,
  created_at: signing.createdAt,
  updated_at: signing.updatedAt,
  request_json: JSON.stringify(signing.request),
  document_digest: signing.request.document.digest,
  position: sequenceOf(signing.request).position,
  given_digest: signing.given.digest,
  previous_id: signing.given.signingId,
  taken_at: signing.takenAt,
  signed_at: signing.signedAt,
  consent_json: signing.consent && JSON.stringify(signing.consent),
  outputs_json: JSON.stringify(signing.outputs),
  standings_json: JSON.stringify(signing.standings),
  problem: signing.problem,
  decline_reason: signing.declineReason,
});

export const toSigning = (row: SigningRow): Signing => ({
  id: row.id,
  host: row.host,
  identifier: row.identifier,
  jti: row.jti,
  fingerprint: row.fingerprint,
  status: row.status as SigningStatus,
  epoch: row.epoch,
  attempts: row.attempts,
  lookups: row.lookups,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  request: JSON.parse(row.request_json),
  given: { digest: row.given_digest, signingId: row.previous_id },
  takenAt: row.taken_at,
  signedAt: row.signed_at,
  consent: row.consent_json === null ? null : JSON.parse(row.consent_json),
  outputs: JSON.parse(row.outputs_json),
  standings: JSON.parse(row.standings_json),
  problem: row.problem as ProblemType | null,
  declineReason: row.decline_reason,
});

export const toEvidenceRow = (
  signingId: string,
  entry: EvidenceEntry,
  seal: string,
): Insertable<Schema['evidence']> => ({
  signing_id: signingId,
  sequence: entry.sequence,
  at: entry.at,
  kind: entry.kind,
  data_json: JSON.stringify(entry.data),
  previous: entry.previous,
  digest: entry.digest,
  seal,
});

export const toEvidenceEntry = (row: Selectable<Schema['evidence']>): SealedEntry => ({
  sequence: row.sequence,
  at: row.at,
  kind: row.kind,
  data: JSON.parse(row.data_json),
  previous: row.previous,
  digest: row.digest,
  seal: row.seal,
});

export const toDeliveryRow = (delivery: Delivery): Omit<Selectable<Schema['deliveries']>, 'next_at'> => ({
  id: delivery.id,
  signing_id: delivery.signingId,
  host: delivery.host,
  type: delivery.type,
  state: delivery.state,
  epoch: delivery.epoch,
  attempts: delivery.attempts,
  created_at: delivery.createdAt,
  outcome: delivery.outcome,
});

export const toDelivery = (row: Selectable<Schema['deliveries']>): Delivery => ({
  id: row.id,
  signingId: row.signing_id,
  host: row.host,
  type: row.type as Delivery['type'],
  state: row.state as Delivery['state'],
  epoch: row.epoch,
  attempts: row.attempts,
  createdAt: row.created_at,
  outcome: row.outcome,
});
