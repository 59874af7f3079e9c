import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's PostgreSQL server: `createDatabase(inject('postgres'))` gives a test its own database. */
    postgres: string;
  }
}

/** One server for a whole run, stopped at its end whatever the tests did. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startPostgres();
  project.provide('postgres', server.address);
  return () => server.remove();
};
