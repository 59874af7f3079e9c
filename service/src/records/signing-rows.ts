import type { Selectable } from 'kysely';
import { sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import { defineRows, json } from './rows.ts';
import type { Schema } from './schema.ts';
import type { KeptAutograph } from './signing-store.ts';

type SigningRow = Selectable<Schema['signings']>;

const signingRows = defineRows<SigningRow, Signing>()({
  id: 'id',
  host: 'host',
  identifier: 'identifier',
  jti: 'jti',
  fingerprint: 'fingerprint',
  status: 'status',
  epoch: 'epoch',
  attempts: 'attempts',
  lookups: 'lookups',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  request: json('request_json'),
  input: { digest: 'given_digest', signingId: 'previous_id' },
  takenAt: 'taken_at',
  signedAt: 'signed_at',
  consent: json('consent_json'),
  outputs: json('outputs_json'),
  standings: json('standings_json'),
  problem: 'problem',
  declineReason: 'decline_reason',
});

export const toSigning = (row: SigningRow): Signing => signingRows.fromRow(row);

/** A record as its row, without when it is due, which only the database's clock can say. */
export const toSigningRow = (signing: Signing): Omit<SigningRow, 'next_at'> => ({
  ...signingRows.toRow(signing),
  // Part of the request, in columns of their own to be searched by.
  document_digest: signing.request.document.digest,
  position: sequenceOf(signing.request).position,
  email: comparable(signing.request.signatory.email),
});

/** Addresses are compared without regard to case. */
export const comparable = (email: string): string => email.normalize('NFC').toLowerCase();

export const autographRows = defineRows<Selectable<Schema['autographs']>, KeptAutograph>()({
  png: 'png',
  placed: 'placed',
  width: 'width',
  height: 'height',
  made: 'strokes_json',
});
