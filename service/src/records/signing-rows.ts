import type { Selectable } from 'kysely';
import { sequenceOf } from '#signing/sequence.ts';
import type { Signing } from '#signing/signing.ts';
import { defineRows, json } from './rows.ts';
import type { Schema } from './schema.ts';
import type { KeptAutograph, KeptInk } from './signing-store.ts';

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

/** Columns that say when something is to be done. */
type Due = 'next_at' | 'renew_at' | 'archived_until' | 'archive_digest';

/** A record as its row, without when it is due. */
export const toSigningRow = (signing: Signing): Omit<SigningRow, Due> => ({
  ...signingRows.toRow(signing),
  // Part of the request, in columns of their own to be searched by.
  document_digest: signing.request.document.digest,
  position: sequenceOf(signing.request).position,
  email: comparable(signing.request.signatory.email),
});

/** Addresses are compared without regard to case. */
export const comparable = (email: string): string => email.normalize('NFC').toLowerCase();

type AutographRow = Selectable<Schema['autographs']>;

const inkRows = defineRows<AutographRow, KeptInk>()({
  png: 'png',
  placed: 'placed',
  width: 'width',
  height: 'height',
  made: 'strokes_json',
});

const initialsRow = (initials: KeptInk | undefined) => ({
  initials_png: initials?.png ?? null,
  initials_placed: initials?.placed ?? null,
  initials_json:
    initials === undefined
      ? null
      : JSON.stringify({ width: initials.width, height: initials.height, made: initials.made }),
});

const initialsOf = ({ initials_png: png, initials_placed: placed, initials_json: rest }: AutographRow) =>
  png && placed && rest !== null
    ? { png, placed, ...(JSON.parse(rest) as Pick<KeptInk, 'width' | 'height' | 'made'>) }
    : undefined;

export const toAutographRow = (autograph: KeptAutograph) => ({
  ...inkRows.toRow(autograph),
  ...initialsRow(autograph.initials),
});

export const toAutograph = (row: AutographRow): KeptAutograph => {
  const initials = initialsOf(row);
  return { ...inkRows.fromRow(row), ...(initials && { initials }) };
};
