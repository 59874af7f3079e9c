/** Wakes the work on signings, at least once; what there is to do is in the record alone. */
export interface Scheduler {
  start(): Promise<void>;
  /** This signing may be due now. */
  wake(signingId: string): void;
  /** Takes no new work; resolves when the work under way is done or the deadline has passed. */
  stop(deadlineMs: number): Promise<void>;
}
