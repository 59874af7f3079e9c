import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SigningView } from '@tu-esign/contract';
import { readLastArchive } from '#pades/last-archive.ts';
import { nodePorts } from '@tu-esign/verifier/ports/node.ts';
import { verifyDocument } from '@tu-esign/verifier/verdicts/verify-document.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Config } from '../src/composition/settings/config.ts';
import { follow, postSigning, read } from './requests.ts';
import { agreement, startRunningService, type RunningService } from './running-service.ts';
import {
  createStamping,
  listRevoked,
  reply,
  serverPolicy,
  stamp,
  startTimeStampServer,
  type Stamping,
  type TimeStampServer,
} from './time-stamp-server.ts';

/** Signatures whose time-stamps are by others, of whom some are away or wrong. */

/** Publishes the second authority's list. */
const lists = createServer((_, response) => response.writeHead(200).end(list));
let list: Uint8Array = Buffer.alloc(0);
let listed: Stamping;
let first: TimeStampServer;
let second: TimeStampServer;
beforeAll(async () => {
  await once(lists.listen(0, '127.0.0.1'), 'listening');
  listed = createStamping(2, `http://127.0.0.1:${(lists.address() as AddressInfo).port}/list.crl`);
  list = listRevoked(listed, false);
  first = await startTimeStampServer();
  second = await startTimeStampServer(listed);
});
let service: RunningService;
afterEach(async () => {
  first.answer = first.honest;
  second.answer = second.honest;
  await service.remove();
});
afterAll(async () => {
  await first.stop();
  await second.stop();
  lists.close();
});

const authority = (name: string, { url, stamping }: TimeStampServer): Config['authorities'][number] => ({
  name,
  url,
  issuer: name,
  accredited: false,
  roots: [stamping.rootPem],
  policies: [serverPolicy],
  strict: true,
  driftMs: 60_000,
  allowPrivate: true,
});

const start = async (
  whenAway: 'wait' | 'B-B',
  authorities = ['first', 'second'],
  changes: Partial<Config> = {},
): Promise<void> => {
  service = await startRunningService({
    authorities: [authority('first', first), authority('second', second)],
    timeStamps: { authorities, whenAway },
    ...changes,
  });
};

const begin = async () => {
  const token = await service.tokens.signing('stamped', await service.upload(agreement));
  const { id } = (await (await postSigning(service, token)).json()) as SigningView;
  return { id, token };
};

const sign = async () => {
  const { id, token } = await begin();
  return judge((await follow(service, id, token)).at(-1)!);
};

const judge = async ({ status, outputs }: SigningView) => {
  expect(status).toBe('completed');
  const document = await (await fetch(outputs.document.link!.href)).bytes();
  const own = await (await fetch(`${service.url}/v1/authority.pem`)).text();
  const verify = (other: TimeStampServer) =>
    verifyDocument({ document, roots: [own, other.stamping.rootPem], now: new Date() }, nodePorts);
  return { level: outputs.document.level, document, verify };
};

const isAway: TimeStampServer['answer'] = ({ response }) => void response.writeHead(503).end();

test('the first in the list stamps, and what is told is no more than there is: its root has no list', async () => {
  await start('wait');
  const { level, verify } = await sign();
  expect(level).toBe('B-T');
  const { signatures } = await verify(first);
  expect(signatures.map(({ findings }) => findings.timeStampToPinnedRoot ?? findings.chainToPinnedRoot)).toEqual([
    true,
    true,
  ]);
});

test.each<[string, TimeStampServer['answer']]>([
  ['is away', isAway],
  ['refuses', async ({ query, response }) => reply(response, await stamp(first.stamping.folder, query, 'refuse.cnf'))],
  ['stamps by another’s key', async ({ query, response }) => reply(response, await stamp(listed.folder, query))],
  ['answers something else', ({ response }) => reply(response, Buffer.from('30030a0100', 'hex'))],
])(
  'where the first %s, the second stamps; its chain and its root’s list are in the document',
  async (_name, answer) => {
    await start('wait');
    first.answer = answer;
    const { level, verify } = await sign();
    expect(level).toBe('B-LTA');
    const { findings, signatures } = await verify(second);
    expect(Object.values(findings)).not.toContain(false);
    expect(signatures[0]).toMatchObject({ level: 'B-LTA' });
    expect(signatures[0]!.findings).toMatchObject({ timeStampToPinnedRoot: true, notRevoked: true });
  },
);

test('where SHA-384 is asked for, the time-stamp over the document is of it', async () => {
  await start('wait', ['second'], { archiveDigest: 'sha384' });
  const { level, document, verify } = await sign();
  expect(level).toBe('B-LTA');
  expect(Object.values((await verify(second)).findings)).not.toContain(false);
  expect(readLastArchive(document, nodePorts)).toMatchObject({ algorithm: 'sha384', stamps: 1 });
});

test('an authority that was revoked is passed over', async () => {
  list = listRevoked(listed, true);
  await start('B-B', ['second', 'first']);
  const { level, verify } = await sign();
  expect(level).toBe('B-T');
  expect((await verify(first)).signatures[0]!.findings).toMatchObject({ timeStampToPinnedRoot: true });
  list = listRevoked(listed, false);
});

test('where nobody stamps, the signature stays without where it may: never by the local clock', async () => {
  await start('B-B');
  [first.answer, second.answer] = [isAway, isAway];
  const { level, verify } = await sign();
  expect(level).toBe('B-B');
  expect((await verify(first)).signatures).toMatchObject([{ kind: 'signature', level: 'B-B' }]);
});

test('where nobody stamps, and it has to wait, it is signed when somebody does', async () => {
  await start('wait');
  [first.answer, second.answer] = [isAway, isAway];
  second.asked.length = 0;
  const { id, token } = await begin();
  await expect.poll(() => second.asked.length).toBeGreaterThan(0);
  const { status } = (await (await read(service, `/v1/signings/${id}`, token)).json()) as SigningView;
  expect(['accepted', 'submitting']).toContain(status);
  second.answer = second.honest;
  expect(await judge((await follow(service, id, token)).at(-1)!)).toMatchObject({ level: 'B-LTA' });
});
