import type { Output, SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { digestOf } from '../src/signing/digest.ts';
import { createDatabase, makeAllDue, query } from './postgres-server.ts';
import { expectDiscreetLog } from './problems.ts';
import { follow, postSigning, read } from './requests.ts';
import { agreement } from './running-service.ts';
import { startS3, s3Environment, type S3Server } from './s3-server.ts';
import { startServiceProcess, type ServiceProcess } from './service-process.ts';
import { createTokens } from './tokens.ts';
import { createFolder, createTrustStore, judgePersons, verifyChain, verifyTimeStampResponse } from './tools.ts';
import { until, untilAnswered } from './until.ts';

/** Where a load balancer would answer. */
const publicUrl = 'http://sign.example';
const tokens = createTokens(publicUrl);
const folder = createFolder();
let s3: S3Server;
let database: string;
let instances: ServiceProcess[] = [];

const start = (): Promise<ServiceProcess> =>
  startServiceProcess(folder, {
    ...s3Environment,
    TU_ESIGN_PUBLIC_URL: publicUrl,
    TU_ESIGN_DATABASE_URL: database,
    TU_ESIGN_FILES: s3.address('kept'),
    TU_ESIGN_KEYS_PASSPHRASE: 'a passphrase of the operator',
  });

beforeAll(async () => {
  s3 = await startS3();
  database = await createDatabase(inject('postgres'));
  // All at once, on an empty database and an empty bucket.
  instances = await Promise.all([start(), start(), start(), start()]);
});
afterAll(async () => {
  await Promise.all(instances.map((instance) => instance.kill()));
  instances.forEach(expectDiscreetLog);
  await s3.remove();
  folder.remove();
});

const upload = async ({ url }: ServiceProcess): Promise<string> => {
  const headers = { authorization: `Bearer ${await tokens.documents()}`, 'content-type': 'application/pdf' };
  const options = { method: 'PUT', headers, body: new Uint8Array(agreement) };
  const response = await fetch(`${url}/v1/documents/${digestOf(agreement)}`, options);
  // 200 where it is there already.
  expect(response.ok).toBe(true);
  return digestOf(agreement);
};

/** By the balancer, which happened to choose this instance; what is busy is asked again. */
const download = async ({ url }: ServiceProcess, { link }: Output): Promise<Buffer> => {
  const response = await untilAnswered('a file', () => fetch(link!.href.replace(publicUrl, url)));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
};

test('four instances that start at once share one authority', async () => {
  const roots = await Promise.all(instances.map(async ({ url }) => (await fetch(`${url}/v1/authority.pem`)).text()));
  expect(new Set(roots).size).toBe(1);
});

test('a signing is uploaded here, posted there, followed elsewhere, and its files are good', async () => {
  const [one, two, three, four] = instances as [ServiceProcess, ServiceProcess, ServiceProcess, ServiceProcess];
  const token = await tokens.signing('anywhere', await upload(one));
  const { id } = (await (await postSigning(two, token)).json()) as SigningView;
  const { status, outputs } = (await follow(three, id, token)).at(-1)!;
  expect(status).toBe('completed');

  const rootPem = await (await fetch(`${four.url}/v1/authority.pem`)).text();
  const store = createTrustStore(folder, rootPem);
  const document = await download(four, outputs.document);
  const judged = judgePersons(folder.write('signed.pdf', document), store);
  expect(judged).toEqual([{ valid: true, trusted: true, total: true, type: 'ETSI.CAdES.detached' }]);
  const pem = (await download(one, outputs['key-certificate'])).toString();
  expect(verifyChain(folder, pem, rootPem).output).toContain('OK');
  const response = await download(two, outputs['conservation-certificate']);
  const stamped = verifyTimeStampResponse(folder, { response, data: document, rootPem });
  expect(stamped.output).toContain('Verification: OK');
});

test('the same post at every instance at once is one signing', async () => {
  const token = await tokens.signing('everywhere', await upload(instances[0]!));
  const post = (instance: ServiceProcess) => untilAnswered('an answer', () => postSigning(instance, token));
  const answers = await Promise.all(instances.map(post));
  // None where who accepted it was answered 503, and was told of it by the second post.
  expect(answers.filter(({ status }) => status === 202).length).toBeLessThanOrEqual(1);
  const views = (await Promise.all(answers.map((answer) => answer.json()))) as SigningView[];
  expect(new Set(views.map(({ id }) => id)).size).toBe(1);
});

test('what an instance was at when it was killed is finished by the others', async () => {
  const digest = await upload(instances[0]!);
  const [killed, ...others] = instances as [ServiceProcess, ServiceProcess, ...ServiceProcess[]];
  const post = async (_: unknown, at: number) => {
    const token = await tokens.signing(`killed ${at}`, digest);
    const { id } = (await (await postSigning(killed, token)).json()) as SigningView;
    return { id, token };
  };
  const signings = await Promise.all(Array.from({ length: 24 }, post));
  await killed.kill();
  instances = others;
  const [leased] = await query(
    database,
    'select count(*) from signings where next_at > extract(epoch from now()) * 1000',
  );
  expect(Number(leased!['count'])).toBeGreaterThan(0);

  const statusOf = async ({ id, token }: { id: string; token: string }) =>
    ((await (await read(others[0], `/v1/signings/${id}`, token)).json()) as SigningView).status;
  let statuses: string[] = [];
  const look = async () => {
    statuses = await Promise.all(signings.map(statusOf));
    return statuses.every((status) => status === 'completed') || undefined;
  };
  await until('the end of every signing', look, {
    progress: () => statuses,
    // Nothing is left then but what the killed one was at, and its leases last for half a minute.
    nudge: () => makeAllDue(database),
  });
  const signed = await query(database, "select count(*) from evidence where kind = 'signed' group by signing_id");
  expect(new Set(signed.map(({ count }) => count))).toEqual(new Set(['1']));
});

test('a stop ends each instance in order', async () => {
  const stopped = await Promise.all(instances.map((instance) => instance.stop()));
  expect(stopped).toEqual([0, 0, 0]);
});
