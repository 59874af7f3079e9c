const asked = process.env['TU_ESIGN_TEST_DATABASE'];

/**
 * What is to be tried of what is the same for each database. `npm test` tries SQLite and `npm run test:full` PostgreSQL,
 * which takes four times as long (service/vitest.config.ts); where nobody says which, both are tried.
 */
export const tried = <Kind>(kinds: { SQLite: Kind; PostgreSQL: Kind }): [name: string, kind: Kind][] =>
  Object.entries(kinds).filter(([name]) => isTried(name));

export const isTried = (name: string): boolean => asked === undefined || asked === name;
