import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fromPem } from '@tu-esign/verifier/asn1/pem.ts';
import { readCertificate, type Certificate } from '@tu-esign/verifier/certificates/certificate.ts';
import { createConnections } from '#network/public-lookup.ts';
import { createStamping, listRevoked, type Stamping } from '../../test/time-stamp-server.ts';
import { createFetchLists } from './fetch-lists.ts';

const minuteMs = 60_000;

let list: Buffer | undefined;
let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.writeHead(list ? 200 : 503).end(list);
});
let stamping: Stamping;
let certificates: Certificate[];
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  stamping = createStamping(2, `http://127.0.0.1:${port}/list.crl`);
  const read = (name: string) => readCertificate(fromPem(readFileSync(join(stamping.folder.path, name), 'utf8')));
  certificates = [read('tsa.pem'), read('root.pem')];
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  stamping.folder.remove();
});

let now: number;
let statuses: () => Promise<string[]>;
beforeEach(() => {
  [now, asked, list] = [Date.now(), 0, undefined];
  const options = { connections: createConnections(true), allowPrivate: true, timeoutMs: 60_000 };
  const fetchLists = createFetchLists({ ...options, now: () => new Date(now) });
  statuses = async () => (await fetchLists(certificates)).map(({ status }) => status);
});

test('an address that does not answer is asked again a minute later, and not before', async () => {
  expect(await statuses()).toEqual(['unknown', 'unknown']);
  list = listRevoked(stamping, false);
  now += minuteMs - 1;
  expect(await statuses()).toEqual(['unknown', 'unknown']);
  expect(asked).toBe(1);
  now += 1;
  expect(await statuses()).toEqual(['good', 'unknown']);
  expect(asked).toBe(2);
});

test('a list is asked for once in an hour', async () => {
  list = listRevoked(stamping, false);
  expect(await statuses()).toEqual(['good', 'unknown']);
  now += 60 * minuteMs - 1;
  expect(await statuses()).toEqual(['good', 'unknown']);
  expect(asked).toBe(1);
  now += 1;
  await statuses();
  expect(asked).toBe(2);
});
