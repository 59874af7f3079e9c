import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  AskingHost,
  Locale,
  Place,
  Placement,
  Signatory,
  SignaturePlace,
  SigningRequestView,
  SigningStatus,
  SigningView,
} from '@tu-esign/contract';
import { currentConsents } from '../../service/src/signing/consent.ts';
import { createPdf, digestOf } from './pdf.ts';

/** What a token may ask of the fake service, besides signing. */
export interface FakeClaims {
  identifier: string;
  exp: number;
  locale?: Locale;
  document: { digest: string; name?: string };
  /** Who asks, and whom. */
  host?: string;
  contact?: AskingHost['contact'];
  signatory?: Signatory;
  /** Stays at each stage until an event stream has told it, however late a busy page asks for one. */
  waitsUntilTold?: boolean;
  /** Never answers calls to addresses with this in them. */
  silentAt?: string;
  /** Hangs up on calls to addresses with this in them. */
  cutAt?: string;
  /** Answers this problem to calls that end with `at` (default: every call). */
  problem?: { type: string; status: number; at?: string; times?: number };
  /** Calls that end with `at` find the line cut, so many times. */
  cut?: { at: string; times: number };
  /** The post is carried out, and its answer lost. */
  loseAnswer?: boolean;
  /** Other bytes than those of the digest. */
  alter?: boolean;
  /** Stays at this status. */
  stopAt?: SigningStatus;
  /** No event stream: the element has to poll. */
  noEvents?: boolean;
  /** Links are over as soon as they are made, so many times. */
  staleLinks?: number;
  accredited?: boolean;
  /** Who conserves; the service's own authority when left out. */
  issuer?: string;
  /** Of the signed document; told where it is given. */
  level?: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';
  /** What becomes of the conservation certificate in the end; `unsound`: it came, and does not hold. */
  conservation?: 'issued' | 'failed' | 'later' | 'unsound';
  sequence?: { position: number; of: number };
  policy?: Partial<SigningRequestView['policy']>;
  /** Where the host wants the signature; where the service finds a place for it when left out. */
  placement?: Placement;
  /** Where the same autograph is shown besides. */
  furtherPlaces?: SignaturePlace[];
  /** Pages at whose margin initials go. */
  initialsOn?: number[];
  /** When it was signed, for a document that says so; else now. */
  signedAt?: string;
  /** The host's own consents. */
  consents?: Omit<SigningRequestView['hostConsents'][number], 'digest'>[];
  /** The provider has a way of its own: nobody knows beforehand where the signature will be. */
  placeUnknown?: boolean;
  /** Milliseconds between tenths of the document. */
  trickle?: number;
  /** Milliseconds a step takes. */
  pace?: number;
}

interface FakeDocument {
  pdf: Buffer;
  pages: number;
  /** Where it was found to be signed when it was uploaded. */
  signaturePlace: SignaturePlace;
}

/** How the signatory answered one of the host's consents. */
interface Answer {
  id: string;
  accepted: boolean;
}

interface Visit {
  signing: SigningView | null;
  posts: number;
  problems: number;
  cuts: number;
  stale: number;
  /** What an event stream told last. */
  told?: SigningStatus;
  /** What the first post brought. */
  content: string;
}

const fixture = (name: string) =>
  readFileSync(new URL(`../../service/test/fixtures/pdfs/${name}.pdf`, import.meta.url));
/** Opens with a password only. */
const locked = 'libreoffice-writer-password';
/** Upright, across, turned, and as large as a wall. */
const mixedShapes = [
  '/MediaBox [0 0 595 842]',
  '/MediaBox [0 0 1191 842]',
  '/MediaBox [0 0 595 842] /Rotate 90',
  '/MediaBox [0 0 5000 7000]',
];
/** An acute accent, in the encoding of the font. */
const oddText = ': Obligaci\\363n';

/** One picture each, and nothing else: in JPEG 2000, in JBIG2, as a stencil, and as one of nothing but zeros. */
function pictures(): Buffer[] {
  const picture = fixture('jbig2_symbol_offset').toString('latin1');
  const stencil = picture.replace('/ColorSpace /DeviceGray', '/ImageMask true        ');
  const damaged = stencil.replace(/(?<=JBIG2Decode[^]*?stream\r?\n)[^]{191}/, '\0'.repeat(191));
  return [fixture('bug_jpx'), ...[picture, stencil, damaged].map((text) => Buffer.from(text, 'latin1'))];
}

/** A free spot of most pages. */
const foot = { x: 320, y: 60, width: 224, height: 84 };

const path: SigningStatus[] = ['accepted', 'submitting', 'signed', 'conserved', 'completed'];
/** Where a signing that stops at one of these goes instead of being signed. */
const astray: Partial<Record<SigningStatus, SigningStatus[]>> = {
  review: ['submitting', 'review'],
  failed: ['submitting', 'failed'],
  withdrawn: ['withdrawn'],
};
const somebody: Signatory = {
  givenName: 'Nombre',
  paternalSurname: 'De',
  maternalSurname: 'Prueba',
  email: 'firmante@ejemplo.example',
  rfc: 'XAXX010101000',
};

export interface FakeServiceOptions {
  /** Path under which it answers; none by default. */
  base?: string;
  /** What a signed document looks like. */
  signed?: Buffer;
}

/** Answers as the service does, over HTTP, from what the token says; remembers what was posted. */
export class FakeService {
  readonly documents = new Map<string, FakeDocument>();
  readonly #visits = new Map<string, Visit>();
  readonly #base: string;
  readonly #signed: Buffer;

  constructor({ base = '', signed = createPdf({ pages: 1 }) }: FakeServiceOptions = {}) {
    this.#base = base;
    this.#signed = signed;
    this.add(createPdf({ pages: 2 }), 2);
    this.add(createPdf({ pages: 2, cjk: true }), 2);
    this.add(createPdf({ pages: 40 }), 40);
    this.add(createPdf({ pages: 4, shapes: mixedShapes, text: oddText }), 4);
    this.add(createPdf({ pages: 200 }), 200);
    this.add(fixture(locked), 1);
    this.add(createPdf({ brotli: '/BrotliDecode' }), 2);
    this.add(createPdf({ brotli: '/Brotli#44ecode' }), 2);
    for (const pdf of pictures()) this.add(pdf, 1);
  }

  add(pdf: Buffer, pages: number, signaturePlace: SignaturePlace = { page: pages, ...foot }): string {
    const digest = digestOf(pdf);
    this.documents.set(digest, { pdf, pages, signaturePlace });
    return digest;
  }

  /** Digests by the number of pages, and of the one that needs a character map. */
  get digests(): string[] {
    return [...this.documents.keys()];
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (!request.url!.startsWith(this.#base)) return false;
    const url = new URL(request.url!.slice(this.#base.length), 'http://localhost');
    origin.value = `http://${request.headers.host}${this.#base}`;
    if (url.pathname === '/fake/digests') return sendJson(response, 200, this.digests);
    if (url.pathname.startsWith('/fake/file/')) return this.#sendFile(url, response);
    if (url.pathname.startsWith('/fake/posts/')) return this.#sendPosts(url, response);
    if (!url.pathname.startsWith('/v1/')) return false;
    const claims = readClaims(request);
    if (!claims) return sendProblem(response, 401, 'token-missing');
    await this.#answerCall({ url, claims, request, response });
    return true;
  }

  async #answerCall(call: Call): Promise<unknown> {
    const { url, claims, request, response } = call;
    if (claims.silentAt && url.pathname.includes(claims.silentAt)) return undefined;
    if (claims.cutAt && url.pathname.includes(claims.cutAt)) return request.socket.destroy();
    const visit = this.#visitOf(claims);
    const { cut, problem: fault } = claims;
    if (cut && url.pathname.endsWith(cut.at) && visit.cuts < cut.times) {
      visit.cuts += 1;
      return request.socket.destroy();
    }
    if (fault && url.pathname.endsWith(fault.at ?? '') && visit.problems < (fault.times ?? Infinity)) {
      visit.problems += 1;
      return sendProblem(response, fault.status, fault.type, holds(fault.type) ? hostOf(claims) : undefined);
    }
    if (claims.exp * 1000 < Date.now()) return sendProblem(response, 401, 'token-expired');
    const [, , resource, id, tail] = url.pathname.split('/');
    if (resource === 'signing-request') return sendJson(response, 200, this.#view(claims, visit));
    if (resource === 'documents') return this.#sendDocument(call, id!);
    if (request.method === 'POST' && id === 'decline') return this.#decline(call, visit);
    if (request.method === 'POST') return this.#sign(call, visit);
    if (!visit.signing) return sendProblem(response, 404, 'signing-not-found');
    if (tail === 'events') return claims.noEvents ? sendProblem(response, 404, 'not-found') : this.#stream(call, visit);
    return sendJson(response, 200, this.#fresh(visit, claims));
  }

  #visitOf({ identifier }: FakeClaims): Visit {
    const visit = this.#visits.get(identifier) ?? {
      signing: null,
      posts: 0,
      problems: 0,
      cuts: 0,
      stale: 0,
      content: '',
    };
    this.#visits.set(identifier, visit);
    return visit;
  }

  #view(claims: FakeClaims, visit: Visit): SigningRequestView {
    const { digest } = claims.document;
    const document = this.documents.get(digest);
    const signaturePlace = placeOf(claims, document);
    return {
      identifier: claims.identifier,
      host: hostOf(claims),
      document: {
        digest,
        name: nameOf(claims),
        bytes: document?.pdf.length ?? 0,
        pages: document?.pages ?? 0,
      },
      signatory: claims.signatory ?? somebody,
      sequence: claims.sequence ?? { position: 1, of: 1 },
      policy: { autographs: ['draw', 'type', 'upload'], readAllPages: false, ...claims.policy },
      ...(signaturePlace && { signaturePlace }),
      places: [
        ...[...(signaturePlace ? [signaturePlace] : []), ...(claims.furtherPlaces ?? [])].map(toPlace),
        ...(claims.initialsOn ?? []).map(toInitials),
      ],
      timeZone: 'America/Mexico_City',
      ...(claims.locale && { locale: claims.locale }),
      // Word for word what people are asked: what a short text would hide is seen.
      consents: currentConsents(hostNameOf(claims)),
      hostConsents: (claims.consents ?? []).map(withDigest),
      limits: { autographBytes: 512 * 1024, autographPixels: 4_000_000 },
      draftKey: createHash('sha256').update(claims.identifier).digest('base64url'),
      signing: visit.signing && this.#fresh(visit, claims),
    };
  }

  #sendDocument({ response, claims }: Call, digest: string): unknown {
    const document = this.documents.get(digest);
    if (!document) return sendProblem(response, 404, 'document-not-found');
    const pdf = claims.alter ? Buffer.concat([document.pdf, Buffer.from('\n')]) : document.pdf;
    response.writeHead(200, { 'content-type': 'application/pdf' });
    return claims.trickle ? trickle(response, pdf, claims.trickle) : response.end(pdf);
  }

  async #sign({ request, response, claims }: Call, visit: Visit): Promise<unknown> {
    const { pages = 0 } = this.documents.get(claims.document.digest) ?? {};
    const submission = await readSubmission(request, { claims, pages });
    if (submission.refusal) return sendProblem(response, 422, submission.refusal);
    visit.posts += 1;
    visit.content ||= submission.content;
    if (visit.content !== submission.content) return sendProblem(response, 409, 'already-signed');
    if (!visit.signing) {
      visit.signing = { ...createSigning(claims, 'accepted'), ...answered(claims, submission.answers) };
      void this.#work(visit, claims);
    }
    if (claims.loseAnswer && visit.posts === 1) return request.socket.destroy();
    return sendJson(response, 202, visit.signing);
  }

  async #decline({ request, response, claims }: Call, visit: Visit): Promise<unknown> {
    if (visit.signing) return sendProblem(response, 409, 'already-signed');
    const { reason } = JSON.parse((await readBody(request)).toString()) as { reason?: string };
    visit.signing = { ...createSigning(claims, 'declined'), ...(reason && { declineReason: reason }) };
    return sendJson(response, 200, visit.signing);
  }

  async #work(visit: Visit, claims: FakeClaims): Promise<void> {
    const { stopAt } = claims;
    const steps = (stopAt && astray[stopAt]) ?? path.slice(1);
    for (const status of steps) {
      if (visit.signing!.status === stopAt) return;
      await pause(claims.pace ?? 60);
      while (claims.waitsUntilTold && visit.told !== visit.signing!.status) await pause(20);
      visit.signing = { ...visit.signing!, ...createSigning(claims, status) };
    }
  }

  async #stream({ request, response, claims }: Call, visit: Visit): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let told: string | undefined;
    while (!request.destroyed && told !== 'completed') {
      const signing = this.#fresh(visit, claims);
      visit.told = signing.status;
      if (signing.status !== told) response.write(`event: signing\ndata: ${JSON.stringify(signing)}\n\n`);
      told = signing.status;
      await pause(20);
    }
    response.end();
  }

  /** Links are made anew for every answer. */
  #fresh(visit: Visit, claims: FakeClaims): SigningView {
    if (visit.signing?.status !== 'completed') return visit.signing!;
    visit.stale += 1;
    const life = visit.stale <= (claims.staleLinks ?? 0) ? -1 : 300;
    return createSigning(claims, 'completed', life);
  }

  /** How often a signing was posted, which the service tells nobody. */
  #sendPosts(url: URL, response: ServerResponse): true {
    return sendJson(response, 200, this.#visits.get(url.pathname.split('/').pop()!)?.posts ?? 0);
  }

  async #sendFile(url: URL, response: ServerResponse): Promise<true> {
    const pdf = this.#signed;
    const over = Date.parse(url.searchParams.get('until')!) < Date.now();
    if (over) sendProblem(response, 410, 'link-expired');
    else response.writeHead(200, { 'content-type': 'application/pdf', 'access-control-allow-origin': '*' }).end(pdf);
    return true;
  }
}

interface Call {
  url: URL;
  claims: FakeClaims;
  request: IncomingMessage;
  response: ServerResponse;
}

/** As the service knows it: what those before have signed is looked at once more when it is signed. */
const hostNameOf = ({ host = 'Banco Ejemplo' }: FakeClaims): string => host;

const hostOf = (claims: FakeClaims): AskingHost => ({
  name: hostNameOf(claims),
  ...(claims.contact && { contact: claims.contact }),
});

function placeOf(claims: FakeClaims, document: FakeDocument | undefined): SignaturePlace | undefined {
  const { placement, placeUnknown, sequence } = claims;
  if (placeUnknown || !document) return undefined;
  if (!placement || !('page' in placement)) return (sequence?.position ?? 1) > 1 ? undefined : document.signaturePlace;
  const page = placement.page === -1 ? document.pages : placement.page;
  return page > document.pages ? undefined : { ...placement, page };
}

/** Within it, the part that an autograph takes: a half, beside what is said. */
function toPlace(place: SignaturePlace): Place {
  const { x, y, width, height } = place;
  const scale = Math.min(width / 264, height / 92);
  const beside = Math.min(width * 0.338, 130 * scale) + 14 * scale;
  const ink = { x: x + 3 * scale, y: y + 13 * scale, width: width - beside, height: height - 16 * scale };
  return { kind: 'signature', ...place, ink };
}

const withDigest = <C extends { text: string }>(consent: C): C & { digest: string } =>
  Object.assign({}, consent, { digest: digestOf(Buffer.from(consent.text)) });

/** At the margin of a page. */
const toInitials = (page: number): Place => ({
  kind: 'initials',
  page,
  x: 520,
  y: 20,
  width: 60,
  height: 30,
  ink: { x: 522, y: 22, width: 56, height: 26 },
});

function readClaims(request: IncomingMessage): FakeClaims | null {
  const payload = /^Bearer [^.]*\.([^.]+)\./.exec(request.headers.authorization ?? '')?.[1];
  return payload ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as FakeClaims) : null;
}

interface Demands {
  claims: FakeClaims;
  pages: number;
}

interface Submitted {
  refusal: string | null;
  answers?: Answer[] | undefined;
  /** What makes it the same as another. */
  content: string;
}

/** The parts of a submission, looked at as the service looks. */
async function readSubmission(request: IncomingMessage, { claims, pages }: Demands): Promise<Submitted> {
  const body = new Response(new Uint8Array(await readBody(request)), {
    headers: { 'content-type': request.headers['content-type']! },
  });
  const form = await body.formData();
  const autograph = form.get('autograph');
  if (!(autograph instanceof File)) return { refusal: 'autograph-missing', content: '' };
  const signature = Buffer.from(await autograph.slice(0, 8).arrayBuffer()).toString('hex');
  if (signature !== '89504e470d0a1a0a') return { refusal: 'autograph-not-png', content: '' };
  const making = form.get('making') as string | null;
  const drawn = form.get('strokes') as string | null;
  if ((making === null) === (drawn === null)) return { refusal: 'making-invalid', content: '' };
  const strokes = JSON.parse(drawn ?? '{"version":1,"strokes":[1]}') as { version: number; strokes: unknown[] };
  if (strokes.version !== 1 || strokes.strokes.length === 0) return { refusal: 'strokes-invalid', content: '' };
  const viewed = JSON.parse(form.get('viewed') as string) as number[];
  if (claims.policy?.readAllPages && viewed.length < pages) return { refusal: 'pages-unread', content: '' };
  const consent = JSON.parse(form.get('consent') as string) as { locale: string; digest: string; consents?: Answer[] };
  const known = currentConsents(hostNameOf(claims)).some(
    ({ locale, digest }) => locale === consent.locale && digest === consent.digest,
  );
  const content = `${drawn ?? ''}${making ?? ''}`;
  return { refusal: known ? null : 'consent-unknown', content, answers: consent.consents };
}

async function trickle(response: ServerResponse, bytes: Buffer, ms: number): Promise<void> {
  const tenth = Math.ceil(bytes.length / 10);
  for (let at = 0; at < bytes.length; at += tenth) {
    response.write(bytes.subarray(at, at + tenth));
    await pause(ms);
  }
  response.end();
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** What became of the host's consents, where it has some. */
function answered({ consents: asked = [] }: FakeClaims, answers: Answer[] = []): Pick<SigningView, 'consents'> {
  if (asked.length === 0) return {};
  const accepts = (id: string) => answers.some((answer) => answer.id === id && answer.accepted);
  return { consents: asked.map((consent) => Object.assign(withDigest(consent), { accepted: accepts(consent.id) })) };
}

function createSigning(claims: FakeClaims, status: SigningStatus, life = 300): SigningView {
  const now = claims.signedAt ?? new Date().toISOString();
  const until = new Date(Date.now() + life * 1000).toISOString();
  const sequence = claims.sequence ?? { position: 1, of: 1 };
  const signed = ['signed', 'conserved', 'completed'].includes(status);
  const conservation = (status === 'completed' && claims.conservation) || 'issued';
  const file = (name: string, mediaType: string, isThere = status === 'completed') => ({
    state: isThere ? ('issued' as const) : ('pending' as const),
    mediaType,
    ...(isThere && {
      digest: digestOf(Buffer.from(name)),
      bytes: 184_320,
      link: { href: `${origin.value}/fake/file/${name}?until=${until}`, expiresAt: until },
    }),
  });
  return {
    id: `s-${claims.identifier}`,
    identifier: claims.identifier,
    status,
    createdAt: now,
    updatedAt: now,
    document: { digest: claims.document.digest, name: nameOf(claims) },
    sequence: { ...sequence, state: sequence.position < sequence.of || !signed ? 'open' : 'signed' },
    outputs: {
      document: {
        ...file('document', 'application/pdf', signed),
        ...(claims.level && signed && { level: claims.level }),
      },
      'key-certificate': file('key-certificate', 'application/pem-certificate-chain'),
      'conservation-certificate': {
        ...file(
          'conservation-certificate',
          'application/timestamp-reply',
          status === 'completed' && (conservation === 'issued' || conservation === 'unsound'),
        ),
        ...conservationStates[conservation],
        accredited: claims.accredited ?? false,
        issuer: claims.issuer ?? 'tu-esign sello de tiempo local, no acreditado',
      },
    },
    evidence: { href: `${origin.value}/fake/file/evidence?until=${until}`, expiresAt: until },
    ...(status === 'failed' && { problem: { type: 'urn:tu-esign:problem:signing-failed', title: 'Failed' } }),
  };
}

const problem = (type: string) => ({ type: `urn:tu-esign:problem:${type}`, title: type });
const conservationStates = {
  issued: {},
  later: { state: 'later' as const },
  failed: { state: 'failed' as const, problem: problem('output-overdue') },
  unsound: { state: 'failed' as const, problem: problem('conservation-invalid') },
};

const nameOf = ({ document }: FakeClaims): string => document.name ?? 'Contrato de apertura de cuenta';

/** Where the fake service was last reached; links are absolute. */
const origin = { value: '' };

function sendJson(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}

/** Only where a token holds, the service tells who asks. */
const holds = (problem: string): boolean => !/^(?:token-(?!replayed)|host-|scope-|origin-|rate-)/.test(problem);

function sendProblem(response: ServerResponse, status: number, type: string, host?: AskingHost): true {
  const details = { type: `urn:tu-esign:problem:${type}`, title: type, status, host };
  // Without it, a browser keeps that something is gone, for every test after.
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(JSON.stringify(details));
  return true;
}
