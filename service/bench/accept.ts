import { open, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase, startPostgres } from '../test/postgres-server.ts';
import { startInstance, startProgram, type Instance } from './instance.ts';
import { post, type Measured } from './load.ts';
import { createBody, hosts, mintVisit, show, upload } from './visit.ts';

/**
 * Accepted signings a second, POST to 202 over loopback, beside what the machine itself can do, in one run. The
 * services are processes of their own and carry the signings out at the same time, on the same cores.
 */
const posts = 600;
const atOnce = 16;
const firstPort = 18_300;

const folder = await mkdtemp(join(tmpdir(), 'tu-esign-bench-accept-'));
const hostsFile = join(folder, 'hosts.json');
await writeFile(hostsFile, JSON.stringify(hosts));
const body = await createBody();
const audience = 'http://bench.example';

/** Writes of 4 KiB that are on the disk, a second. */
const measureDisk = async (): Promise<number> => {
  const file = await open(join(folder, 'disk'), 'w');
  const block = Buffer.alloc(4096, 1);
  const endsAt = performance.now() + 2_000;
  let writes = 0;
  for (; performance.now() < endsAt; writes += 1) {
    await file.write(block);
    await file.datasync();
  }
  await file.close();
  return writes / 2;
};

const measure = async (instances: Instance[], count = posts): Promise<Measured> => {
  const urls = instances.map(({ url }) => url);
  const tokens = await Promise.all(Array.from({ length: count }, () => mintVisit(audience)));
  for (const [index, token] of tokens.entries()) await show(urls[index % urls.length]!, token);
  return post({ urls, tokens, body, atOnce });
};

const measureServices = async (environments: Record<string, string>[]): Promise<Measured> => {
  const common = {
    TU_ESIGN_HOSTS: hostsFile,
    TU_ESIGN_PUBLIC_URL: audience,
    TU_ESIGN_ELEMENT: '',
    // What is measured is the service, not its limits.
    TU_ESIGN_HOST_REQUESTS_PER_SECOND: '100000',
    TU_ESIGN_ADDRESS_REQUESTS_PER_SECOND: '100000',
  };
  const starts = environments.map((environment, at) => startInstance(firstPort + at, { ...common, ...environment }));
  const instances = await Promise.all(starts);
  try {
    await upload(instances[0]!.url, audience);
    // Warm.
    await measure(instances, 50);
    return await measure(instances);
  } finally {
    await Promise.all(instances.map((instance) => instance.stop()));
  }
};

const measureBare = async (): Promise<Measured> => {
  const program = fileURLToPath(new URL('bare-server.ts', import.meta.url));
  const server = await startProgram(program, firstPort, {});
  const measured = await measure([server], posts * 5);
  await server.stop();
  return measured;
};

const print = (what: string, { perSecond, p50, p99 }: Measured): void =>
  console.log(
    `${what.padEnd(36)} ${perSecond.toFixed(0).padStart(7)}  ${p50.toFixed(1).padStart(7)}  ${p99.toFixed(1).padStart(7)}`,
  );

const postgres = await startPostgres();
try {
  console.log(`\nAccepted signings, ${atOnce} at once, ${body.bytes.length} bytes each, while they are carried out`);
  console.log(`${''.padEnd(36)} ${'a second'.padStart(7)}  ${'p50 ms'.padStart(6)}  ${'p99 ms'.padStart(7)}`);
  console.log(`${'the disk: 4 KiB, synced'.padEnd(36)} ${(await measureDisk()).toFixed(0).padStart(7)}`);
  print('bare HTTP, the same body', await measureBare());
  print('SQLite, one instance', await measureServices([{ TU_ESIGN_DATA: join(folder, 'sqlite') }]));
  for (const [count, name] of [
    [1, 'one instance'],
    [2, 'two instances'],
  ] as const) {
    const address = await createDatabase(postgres.address);
    const shared = { TU_ESIGN_DATA: join(folder, name), TU_ESIGN_DATABASE_URL: address };
    print(`PostgreSQL, ${name}`, await measureServices(Array.from({ length: count }, () => shared)));
  }
} finally {
  await postgres.remove();
  await rm(folder, { recursive: true, force: true });
}
