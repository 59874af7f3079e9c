import { verifyDigest } from '../visit/digest.ts';
import { Reader, type ReaderOptions } from '../document/reader.ts';
import { createServiceClient, type ServiceClient } from '../visit/service-client.ts';
import { initialSession, type Emission, type Session } from '../visit/session.ts';
import { TokenSource } from '../visit/token-source.ts';
import { Visit } from '../visit/visit.ts';

export interface StartVisitOptions extends Omit<ReaderOptions, 'reading'> {
  getToken: () => Promise<string>;
  expiring: (expiresAt: Date) => void;
  sessionChanged: (session: Session) => void;
  /** Called once the document's first page is painted. */
  shown: (what: 'agreement' | 'signed') => void;
  emit: (emission: Emission) => void;
}

/** A visit with all that it needs; `end` leaves no worker, timer or call behind. */
export interface RunningVisit {
  visit: Visit;
  tokens: TokenSource;
  reader: Reader;
  end(): void;
}

export function startVisit(options: StartVisitOptions): RunningVisit {
  const { base, shown, sessionChanged, emit } = options;
  const ending = new AbortController();
  const { signal } = ending;
  const tokens = new TokenSource(options);
  const client = createServiceClient({ base, tokens, signal });
  const reader = new Reader({ ...options, reading: (reading) => visit.dispatch({ type: 'reading', reading }) });
  const got = (fetched: number) =>
    visit.dispatch({ type: 'reading', reading: { ...initialSession().reading, fetched } });
  const visit: Visit = new Visit({
    client,
    tokens,
    signal,
    openDocument: () => reader.openAgreement(readAgreement(client, tokens, got), () => shown('agreement')),
    showSigned: async (bytes) => {
      await reader.showSigned(bytes);
      if (!signal.aborted) shown('signed');
    },
    changed: sessionChanged,
    emit,
  });
  const end = () => {
    ending.abort();
    tokens.stop();
    void reader.end();
  };
  return { visit, tokens, reader, end };
}

/**
 * The agreement's bytes, checked against its digest. The first signatory's token has the digest, so that nothing
 * needs to be waited for; for the next ones it is the document as signed so far, whose digest the service has to be
 * asked for.
 */
async function readAgreement(
  client: ServiceClient,
  tokens: TokenSource,
  got: (bytes: number) => void,
): Promise<Uint8Array> {
  await tokens.current();
  const { document, sequence } = tokens.claims ?? {};
  const isFirst = (sequence?.position ?? 1) === 1;
  const digest = (isFirst && document?.digest) || (await client.readRequest()).document.digest;
  const bytes = await client.readDocument(digest, got);
  await verifyDigest(bytes, digest);
  return bytes;
}
