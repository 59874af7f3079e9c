import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SigningView } from '@tu-esign/contract';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findFreePort } from '../free-port.ts';
import { createDatabase } from '../postgres-server.ts';
import { follow, postSigning } from '../requests.ts';
import { agreement } from '../running-service.ts';
import { digestOf } from '#signing/digest.ts';
import { startS3, s3Environment, type S3Server } from '../s3-server.ts';
import { startServiceProcess, type ServiceProcess } from '../service-process.ts';
import { createTokens } from '../tokens.ts';
import { createFolder, isThere, run } from '../tools.ts';
import { startProgram } from './program.ts';

/** What compose.scaled.yaml puts around two instances, run without containers. */

const scaled = fileURLToPath(new URL('../../deploy/scaled', import.meta.url));
const read = (name: string): string => readFileSync(join(scaled, name), 'utf8');

const operatorKey = 'the-operators-key-of-the-tests-alone';
const folder = createFolder();
const ends: (() => Promise<unknown>)[] = [];
let storage: S3Server;
let database: string;
let sitePort: number;
let site: string;
let tokens: ReturnType<typeof createTokens>;
const operatorPorts: number[] = [];

const start = async (at: number): Promise<ServiceProcess> => {
  operatorPorts[at] ??= await findFreePort();
  const instance = await startServiceProcess(folder, {
    ...s3Environment,
    TU_ESIGN_PUBLIC_URL: site,
    TU_ESIGN_DATABASE_URL: database,
    TU_ESIGN_FILES: storage.address(),
    TU_ESIGN_KEYS_PASSPHRASE: 'a passphrase of the operator',
    TU_ESIGN_OPERATOR_KEY: operatorKey,
    TU_ESIGN_OPERATOR_ADDRESS: `127.0.0.1:${operatorPorts[at]}`,
    TU_ESIGN_TRUSTED_PROXIES: '1',
    // Long enough for Caddy to look again, on a machine that does much else too.
    TU_ESIGN_DRAIN_SECONDS: '10',
  });
  ends.push(() => instance.kill());
  return instance;
};

let instances: [ServiceProcess, ServiceProcess];
beforeAll(async () => {
  storage = await startS3();
  database = await createDatabase(inject('postgres'));
  sitePort = await findFreePort();
  site = `http://localhost:${sitePort}`;
  tokens = createTokens(site);
  instances = await Promise.all([start(0), start(1)]);
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
  await storage.remove();
  folder.remove();
});

const startCaddy = async (): Promise<void> => {
  const environment = {
    HOME: folder.path,
    XDG_DATA_HOME: folder.path,
    TU_ESIGN_SITE: site,
    TU_ESIGN_INSTANCES: instances.map(({ url }) => new URL(url).host).join(' '),
  };
  const parameters = ['run', '--adapter', 'caddyfile', '--config', join(scaled, 'Caddyfile')];
  const caddy = await startProgram('caddy', parameters, { environment, port: sitePort });
  ends.push(caddy.stop);
};

const upload = async (): Promise<string> => {
  const digest = digestOf(agreement);
  const headers = { authorization: `Bearer ${await tokens.documents()}`, 'content-type': 'application/pdf' };
  const put = { method: 'PUT', headers, body: new Uint8Array(agreement) };
  expect((await fetch(`${site}/v1/documents/${digest}`, put)).status).toBe(201);
  return digest;
};

const sign = async (identifier: string, digest: string): Promise<string> => {
  const token = await tokens.signing(identifier, digest);
  const posted = await postSigning({ url: site }, token);
  expect(posted.status).toBe(202);
  const { id } = (await posted.json()) as SigningView;
  return (await follow({ url: site }, id, token)).at(-1)!.status;
};

test.skipIf(!isThere('caddy'))(
  'behind Caddy, one instance after the other stops, and no request is lost (skipped where it is missing)',
  async () => {
    await startCaddy();
    const digest = await upload();
    const going = { on: true };
    const statuses: number[] = [];
    const asking = async () => {
      while (going.on) statuses.push((await fetch(`${site}/openapi.json`)).status);
    };
    const all = [asking(), asking(), asking()];
    expect(await sign('with both', digest)).toBe('completed');
    expect(await instances[0].stop()).toBe(0);
    expect(await sign('with the second', digest)).toBe('completed');
    going.on = false;
    await Promise.all(all);
    expect(statuses.length).toBeGreaterThan(20);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    instances[0] = await start(0);
  },
);

interface Answer {
  status: string;
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

test.skipIf(!isThere('prometheus'))(
  'Prometheus reads both, and understands what dashboard and alerts ask (skipped where it is missing)',
  async () => {
    const port = await findFreePort();
    const config = read('prometheus.yml')
      .replaceAll('15s', '1s')
      .replace('/run/secrets/operator-key', folder.write('operator-key', operatorKey))
      .replace(/targets: .*/, `targets: ${JSON.stringify(operatorPorts.map((one) => `127.0.0.1:${one}`))}`);
    const file = folder.write('prometheus.yml', config);
    folder.write('alerts.yml', read('alerts.yml'));
    const address = `127.0.0.1:${port}`;
    const options = [`--config.file=${file}`, `--web.listen-address=${address}`];
    const prometheus = await startProgram('prometheus', [...options, `--storage.tsdb.path=${folder.path}/tsdb`], {
      port,
    });
    ends.push(prometheus.stop);
    const query = async (expr: string): Promise<Answer> => {
      const response = await fetch(`http://${address}/api/v1/query?query=${encodeURIComponent(expr)}`);
      return (await response.json()) as Answer;
    };
    await expect.poll(async () => (await query('up == 1')).data?.result.length).toBe(2);
    expect((await query('tu_esign_records_up')).data.result.map(({ value }) => value[1])).toEqual(['1', '1']);
    const { panels } = JSON.parse(read('grafana/tu-esign.json')) as { panels: { targets: { expr: string }[] }[] };
    const asked = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')));
    for (const expr of asked) expect([expr, (await query(expr)).status]).toEqual([expr, 'success']);
    const firing = (await (await fetch(`http://${address}/api/v1/alerts`)).json()) as { data: { alerts: unknown[] } };
    expect(firing.data.alerts).toEqual([]);
  },
);

test.skipIf(!isThere('promtool'))('alerts fire as they are meant to (skipped where promtool is missing)', () => {
  const checked = run('promtool', 'check', 'config', '--syntax-only', join(scaled, 'prometheus.yml'));
  expect(checked).toMatchObject({ status: 0 });
  const tests = fileURLToPath(new URL('alerts.yml', import.meta.url));
  const { status, output } = run('promtool', 'test', 'rules', tests);
  expect([status, output]).toEqual([0, expect.stringContaining('SUCCESS')]);
});
