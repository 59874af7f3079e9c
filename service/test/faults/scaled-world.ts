import { inject } from 'vitest';
import { createDatabase, query } from '../postgres-server.ts';
import { s3Environment, startS3, type S3Server } from '../s3-server.ts';
import { recover } from './recover.ts';
import { expectNamedFiles, toNames, type Kept } from './named-files.ts';
import type { ServiceProcess } from './service-process.ts';
import { createWorld, type World } from './world.ts';

export const hosts = ['key-well', 'lookup-well', 'none-well', 'embedded'];

/** What the instances of one scenario share. */
export interface Scaled {
  world: World;
  /** Address of their database. */
  database: string;
  s3: S3Server;
}

export type Instances = [ServiceProcess, ServiceProcess];
export type Scenario = (scaled: Scaled, instances: Instances) => Promise<void>;

export interface ScaledOptions {
  /** Address of a database that is theirs; by default a new one on the run's server. */
  database?: string;
  /** How far the clock of the first one is off, in milliseconds. */
  offMs?: number;
  /** A host for each. */
  providers?: string[];
}

const createScaledWorld = async (database: string, providers: string[]) => {
  const s3 = await startS3();
  const environment = {
    ...s3Environment,
    TU_ESIGN_DATABASE_URL: database,
    TU_ESIGN_FILES: s3.address(),
    // More than the pause between two checks of the balancer's, on a machine that is busy too.
    TU_ESIGN_DRAIN_SECONDS: '3',
  };
  const world = await createWorld({ providers, environment });
  const remove = async (): Promise<void> => {
    await world.remove();
    await s3.remove();
  };
  return { world, database, s3, remove };
};

/** Nobody stamps times from before there was an authority: whose clock is behind starts first and makes it. */
const startTwo = async (world: World, offMs: number): Promise<Instances> => {
  const starts = [{ orders: offMs ? [{ shiftMs: offMs }] : [] }, {}];
  if (offMs > 0) starts.reverse();
  const started = [await recover(world, starts[0]), await recover(world, starts[1])];
  if (offMs > 0) started.reverse();
  return started as Instances;
};

const keptBy = ({ database, s3 }: Scaled): Kept => ({
  listFiles: s3.keys,
  listNamed: async () =>
    toNames(
      await query(database, 'select host, digest from documents'),
      await query(database, 'select id, outputs_json from signings'),
    ),
});

/** Two instances, and all that they share, for one scenario. */
export const withTwo =
  (scenario: Scenario, { database, offMs = 0, providers = hosts }: ScaledOptions = {}) =>
  async (): Promise<void> => {
    const scaled = await createScaledWorld(database ?? (await createDatabase(inject('postgres'))), providers);
    try {
      const instances = await startTwo(scaled.world, offMs);
      await scaled.world.upload(instances[1]);
      await scenario(scaled, instances);
      await expectNamedFiles(scaled.world, keptBy(scaled));
    } finally {
      await scaled.remove();
    }
  };

/** A signatory of every host acts, so many times. */
export const actAtAll = (world: World, { url }: ServiceProcess, times = 1) =>
  Promise.all(Array.from({ length: times }, () => world.hosts.map((host) => world.ledger.act(url, host))).flat());
