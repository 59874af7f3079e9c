import type { DatabaseConnection, Driver } from 'kysely';
import { Problem } from '#problem.ts';

/** Whether an error says that the database cannot be had now: not that the query was wrong. */
export type IsUnavailable = (error: unknown) => boolean;

/**
 * Makes a driver tell of a database that cannot be had (full disk, lost connection, read-only) by a problem of its own:
 * where connections are acquired, queries executed and transactions begun and ended. Whatever else is thrown there is a
 * bug, and stays what it is.
 * @throws Problem storage-unavailable
 */
export const tellUnavailable = (driver: Driver, isUnavailable: IsUnavailable): Driver => {
  const around =
    <Parameters extends unknown[], Result>(call: (...parameters: Parameters) => Promise<Result>) =>
    async (...parameters: Parameters): Promise<Result> => {
      try {
        return await call(...parameters);
      } catch (cause) {
        throw isUnavailable(cause) ? new Problem('storage-unavailable', undefined, { cause }) : cause;
      }
    };

  // A pool hands out the same connections again and again.
  const known = new WeakSet<DatabaseConnection>();
  const acquire = around(driver.acquireConnection.bind(driver));
  driver.acquireConnection = async (options) => {
    const connection = await acquire(options);
    if (known.has(connection)) return connection;
    known.add(connection);
    connection.executeQuery = around(connection.executeQuery.bind(connection)) as typeof connection.executeQuery;
    return connection;
  };
  return driver;
};
