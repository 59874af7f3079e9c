import { array, constantFrom, oneof, option, record, string } from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { routes } from '#http/routes.ts';
import { postSigning, follow } from '../requests.ts';
import { agreement, startRunningService, type RunningService } from '../running-service.ts';
import { fuzz } from './fuzz.ts';
import { changedJson } from './odd-json.ts';
import { ask, expectAnswer } from './raw-http.ts';

let service: RunningService;
let digest: string;
let signingId: string;
beforeAll(async () => {
  service = await startRunningService();
  digest = await service.upload(agreement);
  const token = await service.tokens.signing('fuzzed', digest);
  const response = await postSigning(service, token);
  signingId = ((await response.json()) as { id: string }).id;
  await follow(service, signingId, token);
});
afterAll(async () => {
  expect(service.lines.filter((line) => line.includes('"internal"'))).toEqual([]);
  await service.remove();
});

const oddPart = oneof(
  { weight: 4, arbitrary: constantFrom('{id}', '{digest}', 'document', 'evidence', 'key-certificate') },
  {
    weight: 3,
    arbitrary: constantFrom(
      ...'..|%2e%2e|..%2f..%2f..%2fetc%2fpasswd|%00|a%00b|%|%ff|%zz|%c0%ae|__proto__'.split('|'),
      'constructor',
      ';',
      '%5c..%5c',
      '.',
      '',
      'x'.repeat(3_000),
      '%F0%9F%92%A9',
      '%u0041',
      'decline',
      "'--",
    ),
  },
  { weight: 1, arbitrary: string({ maxLength: 8 }).map(encodeURI) },
);
const paths = oneof(
  { weight: 5, arbitrary: constantFrom(...Object.values(routes).map(({ path }) => path)) },
  {
    weight: 1,
    arbitrary: constantFrom(
      ...'/element/:part|/element/chunks/:part|/element/..%2f:part|//evil.example/:part|/v1/../:part'.split('|'),
      ...'*|http://evil.example/:part|/v1//signings/:part|/%2f:part|/:part|/v1/signings/:id/files/'.split('|'),
    ),
  },
);
const queries = oneof(
  { weight: 2, arbitrary: constantFrom('') },
  {
    weight: 1,
    arbitrary: constantFrom(
      ...'?expires=9999999999&signature=AAAA|?expires=1e9&expires=2&signature=|?%|?__proto__[x]=1|?'.split('|'),
      '?signature=%00&expires=%00',
      '?expires[]=1',
      `?${'a=1&'.repeat(1_000)}`,
    ),
  },
);
const headers = constantFrom(
  ...'authorization: Bearer {signing}|authorization: Bearer {documents}|authorization: bearer x.y.z'.split('|'),
  'authorization: Basic eDp4',
  'authorization: Bearer',
  `authorization: Bearer ${'a'.repeat(9_000)}`,
  ...'origin: https://bank.example|origin: null|origin: https://evil.example|if-none-match: *|te: x'.split('|'),
  'content-type: application/json',
  'content-type: application/pdf',
  'content-type: multipart/form-data',
  'x: \u00ff',
  ...'content-type: ;|content-type: application/json; charset=utf-7|content-encoding: gzip|range: bytes=5-1'.split('|'),
  ...'accept: application/xml|accept-encoding: br;q=x|expect: 100-continue|expect: x|upgrade: h2c'.split('|'),
  'host: evil.example',
  'x-forwarded-for: \'"',
  'x-http-method-override: PUT',
  'cookie: a=b',
  'traceparent: 00-x-y-z',
  ...'transfer-encoding: gzip|content-length: 1e3|connection: upgrade|access-control-request-method: PUT'.split('|'),
);
const methods = constantFrom('GET', 'POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE', 'PATCH', 'TRACE', 'LINK', 'get', 'X');

const requests = record({
  method: methods,
  path: paths,
  parts: array(oddPart, { minLength: 2, maxLength: 2 }),
  query: queries,
  headers: array(headers, { maxLength: 4 }),
  body: option(changedJson({ reason: 'No' })),
});

const fill = async (text: string): Promise<string> => {
  const signing = () => service.tokens.signing('fuzzed', digest);
  const known: Record<string, string | (() => Promise<string>)> = {
    '{id}': signingId,
    '{digest}': digest,
    '{signing}': signing,
    '{documents}': () => service.tokens.documents(),
  };
  const [mark] = /\{\w+\}/.exec(text) ?? [];
  const value = mark && known[mark];
  return value ? text.replace(mark, typeof value === 'string' ? value : await value()) : text;
};

fuzz('addresses: any route', requests, async ({ method, path, parts, query, headers, body }) => {
  const [first, second] = await Promise.all(parts.map(fill));
  const target = path.replace(/:\w+/, first!).replace(/:\w+/, second!) + query;
  const lines = await Promise.all(headers.map(fill));
  const content = Buffer.from(body ?? '');
  const head = [`${method} ${target} HTTP/1.1`, 'host: localhost', 'connection: close', ...lines];
  const length = body === null ? [] : [`content-length: ${content.length}`];
  const request = [...head, ...length, '', ''].join('\r\n');
  const answer = await ask(service.url, Buffer.concat([Buffer.from(request), content]));
  expect(answer).toBeDefined();
  expectAnswer(answer!, method);
});
