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
  };
  autographs: {
    signing_id: string;
    png: Uint8Array;
    placed: Uint8Array;
    width: number;
    height: number;
    /** Since autographs can be typed and uploaded: how it was made, which for a drawn one is its strokes. */
    strokes_json: string;
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
  deliveries: {
    id: string;
    signing_id: string;
    host: string;
    type: string;
    state: string;
    epoch: number;
    attempts: number;
    created_at: number;
    next_at: number | null;
    outcome: string | null;
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
}
