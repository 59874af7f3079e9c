/** What can go wrong, caused on purpose: what the element asks the service is answered by this page instead. */

export type FailureName = 'service-away' | 'token-expired' | 'late-constancia';

type Ask = typeof fetch;

/** An address that is relative is none of the service's. */
const addressOf = (input: RequestInfo | URL): URL | null =>
  URL.parse(input instanceof Request ? input.url : String(input));

const expired = {
  type: 'urn:tu-esign:problem:token-expired',
  title: 'The token has expired',
  status: 401,
  retryable: true,
};

const refuse = (): Response =>
  new Response(JSON.stringify(expired), { status: 401, headers: { 'content-type': 'application/problem+json' } });

interface SigningView {
  status: string;
  outputs: { 'conservation-certificate': object & { state: string } };
}

/** A signing as it would be while the authority has not answered yet. */
export const withoutConstancia = (view: SigningView): SigningView => {
  const { state, ...rest } = view.outputs['conservation-certificate'];
  if (state !== 'issued') return view;
  const {
    link: _link,
    digest: _digest,
    bytes: _bytes,
    issuedAt: _issuedAt,
    ...pending
  } = rest as Record<string, unknown>;
  const conservation = { ...pending, state: 'pending' };
  return { ...view, status: 'signed', outputs: { ...view.outputs, 'conservation-certificate': conservation } };
};

const data = 'data: ';

/** The same in a stream of server-sent events, each of which is one line of data. */
const lateEvent = (line: string): string =>
  line.startsWith(data) ? data + JSON.stringify(withoutConstancia(JSON.parse(line.slice(data.length)))) : line;

/** Changes a text line by line, as its parts come in. */
const lineByLine = (change: (line: string) => string): TransformStream<string, string> => {
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop()!;
      for (const line of lines) controller.enqueue(`${change(line)}\n`);
    },
    flush(controller) {
      if (rest) controller.enqueue(change(rest));
    },
  });
};

const lateStream = (body: ReadableStream<BufferSource>): ReadableStream =>
  body.pipeThrough(new TextDecoderStream()).pipeThrough(lineByLine(lateEvent)).pipeThrough(new TextEncoderStream());

const late = async (answer: Response): Promise<Response> => {
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream');
  const body = isStream ? lateStream(answer.body!) : JSON.stringify(toLate(await answer.json()));
  return new Response(body, { status: answer.status, headers: answer.headers });
};

/** A signing may be the answer, or be in it. */
const toLate = (body: SigningView | { signing: SigningView | null }): unknown => {
  if ('outputs' in body) return withoutConstancia(body);
  return body.signing ? { ...body, signing: withoutConstancia(body.signing) } : body;
};

const tellsOfSigning = ({ pathname }: URL, { ok }: Response): boolean =>
  ok &&
  (pathname.includes('/v1/signings/') || pathname.endsWith('/v1/signing-request')) &&
  !pathname.includes('/files/');

/** Puts itself between the element and the service; what is in `active` goes wrong from the next call on. */
export const interceptFetch = (service: string, active: ReadonlySet<FailureName>, ask: Ask = fetch): Ask => {
  const { origin } = new URL(service);
  return async (input, init) => {
    const url = addressOf(input);
    if (url?.origin !== origin || !url.pathname.startsWith('/v1/')) return ask(input, init);
    if (active.has('service-away')) throw new TypeError('Failed to fetch');
    if (active.has('token-expired')) return refuse();
    const answer = await ask(input, init);
    return active.has('late-constancia') && tellsOfSigning(url, answer) ? late(answer) : answer;
  };
};
