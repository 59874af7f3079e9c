/** What was looked at, and what was found. `unsure`: it could not be judged, or is to be known; nothing is wrong. */
export interface SetupFinding {
  part: 'settings' | 'element' | 'port' | 'storage' | 'keys' | 'clock' | 'host' | 'running';
  found: 'good' | 'unsure' | 'wrong';
  said: string;
}

/** What is said of an error that an operator can set right. */
export type Say = (error: unknown) => string;
