import { expect, test } from 'vitest';
import { interceptFetch, withoutConstancia, type FailureName } from '../drawer/failures.ts';
import { cssOf, type Look } from '../drawer/look.ts';
import { readToken } from '../drawer/show-token.ts';
import { backEnd, snippets } from '../drawer/snippets.ts';
import { claimsOf, nothingAsked, readAsks, samplePlacement } from '../panel/asks.ts';

const plain: Look = { locale: 'es-MX', theme: 'auto', accent: '', radius: '', font: '', density: '100', width: '' };

test('the CSS is what was chosen, and the host’s own accent where nothing was', () => {
  expect(cssOf(plain)).toBe('tu-esign {\n  --tu-esign-accent: light-dark(#1f5d4c, #7cc4ae);\n}\n');
  expect(cssOf({ ...plain, accent: '#aa0000', radius: '4', density: '87.5' })).toBe(
    ':root {\n  font-size: 87.5%;\n}\ntu-esign {\n  --tu-esign-accent: #aa0000;\n  --tu-esign-radius: 4px;\n}\n',
  );
});

test.each(Object.entries(snippets))('the code for %s says service, language and theme', (_name, snippet) => {
  const code = snippet({ service: 'https://sign.example.com', locale: 'en', theme: 'dark' });
  for (const said of ['https://sign.example.com', '"en"', '"dark"', '/api/token']) expect(code).toContain(said);
});

test.each([
  ['' as const, '', 'placement: {\n    page: -1'],
  ['several' as const, '', 'placements: ['],
  ['anchor' as const, 'Nombre y firma', 'text: "Nombre y firma"'],
  ['field' as const, 'Cliente', 'field: "Cliente"'],
])('the code of the back end says where the signature goes: %s', (place, where, said) => {
  const asks = readAsks({ place, initials: true, consents: 'es-MX', nonsense: 1 });
  expect(asks).toEqual({ place, where, initials: true, consents: 'es-MX' });
  const code = backEnd({
    service: 'https://s.example',
    origin: 'https://b.example',
    claims: claimsOf(asks, samplePlacement),
  });
  for (const one of [said, 'initials: {\n    pages: "all"', 'consents: [', "'https://b.example'"])
    expect(code).toContain(one);
});

test('where nothing is chosen, the service finds the place, and nothing else is asked', () => {
  expect(claimsOf(nothingAsked, undefined)).toEqual({});
  expect(readAsks('nonsense')).toEqual(nothingAsked);
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test('a token is read letter by letter, whatever a name holds', () => {
  const claims = { iss: 'bank', scope: 'signing', signatory: { givenName: 'Íñigo ✓' } };
  const read = readToken(`${part({ alg: 'ES256' })}.${part(claims)}.x`);
  expect(read).toEqual({ token: { header: { alg: 'ES256' }, claims }, request: { signatory: claims.signatory } });
});

const service = 'http://sign.test';
const issued = { state: 'issued', accredited: false, link: { href: 'x' }, digest: 'd' };
const view = { status: 'completed', outputs: { document: { state: 'issued' }, 'conservation-certificate': issued } };

/** Asks as the element does, while these things go wrong, a service that answers this. */
const ask = (path: string, active: FailureName[], answer = () => Response.json(view)) => {
  const asked: string[] = [];
  const through = interceptFetch(service, new Set(active), async (input) => {
    asked.push(new Request(input).url);
    return answer();
  });
  return { asked, answer: through(new URL(path, service)) };
};

test('a service that is away is not asked, and an expired token is refused as the service refuses one', async () => {
  const away = ask('/v1/signing-request', ['service-away']);
  await expect(away.answer).rejects.toThrow(TypeError);
  const expired = await ask('/v1/signing-request', ['token-expired']).answer;
  expect([expired.status, (await expired.json()).type]).toEqual([401, 'urn:tu-esign:problem:token-expired']);
  expect(away.asked).toEqual([]);
  // What is no call of the element's passes: the page's own back end, and the element's files.
  expect((await ask('/element/tu-esign.js', ['service-away', 'token-expired']).answer).status).toBe(200);
});

const late = withoutConstancia(view);

test('a late constancia is pending, in an answer, in a request’s view and in a stream', async () => {
  expect(late).toMatchObject({ status: 'signed', outputs: { 'conservation-certificate': { state: 'pending' } } });
  expect(late.outputs['conservation-certificate']).not.toHaveProperty('link');
  const one = await ask('/v1/signings/1', ['late-constancia']).answer;
  expect(await one.json()).toEqual(late);
  const inRequest = ask('/v1/signing-request', ['late-constancia'], () => Response.json({ signing: view }));
  expect(await (await inRequest.answer).json()).toEqual({ signing: late });
  const event = `event: signing\ndata: ${JSON.stringify(view)}\n\n`;
  const headers = { 'content-type': 'text/event-stream' };
  const stream = ask(
    '/v1/signings/1/events',
    ['late-constancia'],
    () => new Response(`: hello\n\n${event}`, { headers }),
  );
  expect(await (await stream.answer).text()).toBe(
    `: hello\n\n${event.replace(JSON.stringify(view), JSON.stringify(late))}`,
  );
});

test('with nothing wrong, an answer is passed on as it came', async () => {
  expect(await (await ask('/v1/signings/1', []).answer).json()).toEqual(view);
});
