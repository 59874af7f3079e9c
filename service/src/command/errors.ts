/** The command line is wrong; the message says how. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** It was not done; the message says why. Exit code 1. */
export class Refused extends Error {
  override name = 'Refused';
}
