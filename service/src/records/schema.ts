/** What a database calls a column of bytes. */
export type Bytes = 'blob' | 'bytea';

/** Times are milliseconds since the epoch; what is written in JSON is named so. */
export interface Schema {
  signings: {
    id: string;
    host: string;
    identifier: string;
    jti: string;
    fingerprint: string;
    status: string;
    epoch: number;
    attempts: number;
    lookups: number;
    created_at: number;
    updated_at: number;
    /** When a worker has to look at it again; null when never. */
    next_at: number | null;
    request_json: string;
    document_digest: string;
    /** 1 for who signs alone. */
    position: number;
    /** Of the signatory, as addresses are compared; to find what is to be erased. */
    email: string;
    given_digest: string;
    /** The signing of the signatory before. */
    previous_id: string | null;
    taken_at: number | null;
    signed_at: number | null;
    consent_json: string | null;
    outputs_json: string;
    standings_json: string;
    problem: string | null;
    decline_reason: string | null;
    /** When the document's last time-stamp is to be renewed, or looked at; null: never. */
    renew_at: number | null;
    /** When the first certificate of that time-stamp ends; null before it was looked at, and where it has none. */
    archived_until: number | null;
    /** The digest that it is of. */
    archive_digest: string | null;
  };
  autographs: {
    signing_id: string;
    png: Uint8Array;
    placed: Uint8Array;
    width: number;
    height: number;
    /** Since autographs can be typed and uploaded: how it was made, which for a drawn one is its strokes. */
    strokes_json: string;
    /** As they came, and as providers get them; null where there are none. */
    initials_png: Uint8Array | null;
    initials_placed: Uint8Array | null;
    /** Their width and height, and how they were made. */
    initials_json: string | null;
  };
  evidence: {
    signing_id: string;
    sequence: number;
    at: string;
    kind: string;
    data_json: string;
    previous: string;
    digest: string;
    seal: string;
  };
  /** What a host names with one identifier, as a whole. */
  agreements: {
    host: string;
    identifier: string;
    state: string;
    reason: string | null;
    withdrawn_at: number | null;
    withdraw_reason: string | null;
    updated_at: number;
  };
  deliveries: {
    id: string;
    /** Null where it is about an agreement that nobody has come to sign. */
    signing_id: string | null;
    host: string;
    identifier: string;
    type: string;
    state: string;
    epoch: number;
    attempts: number;
    created_at: number;
    next_at: number | null;
    outcome: string | null;
    /** How things stood when it happened; null where an older release told of it. */
    state_then_json: string | null;
  };
  documents: {
    host: string;
    digest: string;
    uploaded_digest: string;
    bytes: number;
    pages: number;
    signatures: number;
    place_json: string | null;
    findings_json: string | null;
    created_at: number;
  };
  deletions: {
    id: string;
    at: string;
    record_json: string;
    seal: string;
    /** The wish for which it was deleted; null where its time was over. */
    erasure_id: string | null;
  };
  /** Wishes to have a person's data erased. */
  erasures: {
    id: string;
    host: string;
    /** Whose data it is; null once it is done. */
    subject_json: string | null;
    requested_at: number;
    done_at: number | null;
    retained_json: string | null;
  };
  showings: {
    host: string;
    identifier: string;
    position: number;
    digest: string;
    jti: string;
    at: number;
  };
  /** How often a file was downloaded by whose link, and how often of that evidence tells. */
  downloads: {
    signing_id: string;
    file: string;
    holder: string;
    count: number;
    told: number;
    told_at: number;
  };
  keys: {
    name: string;
    files_json: string;
  };
  /** Certificates that are not to be believed any more. */
  revocations: {
    /** Id of who issued it, or may have. */
    issuer: string;
    /** Hexadecimal, in lower case and without zeros before. */
    serial_number: string;
    reason: string;
    revoked_at: number;
    registered_at: number;
  };
}
