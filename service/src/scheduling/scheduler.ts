/** One kind of work on rows that wait; what there is to do is in the row alone. */
export interface Work {
  readonly name: 'advance' | 'notify' | 'retain' | 'erase' | 'sweep' | 'renew';
  /** How often it is asked what is due, in milliseconds, where a scheduler's own pace is too fast. */
  readonly pollMs?: number;
  /** Ids of rows that are due, oldest first. */
  findDue(limit: number): Promise<string[]>;
  /** Takes a row as far as it goes now, if nobody else has it. Never throws. */
  run(id: string): Promise<void>;
  /** Milliseconds until the row is due; null where nothing is to be done. */
  dueInMs(id: string): Promise<number | null>;
  makeAllDue(): Promise<void>;
}

/** Wakes works, at least once for every row that is due. */
export interface Scheduler {
  start(works: readonly Work[]): Promise<void>;
  /** This row may be due now. */
  wake(work: Work['name'], id: string): void;
  /** Takes no new work; resolves when the work under way is done or the deadline has passed. */
  stop(deadlineMs: number): Promise<void>;
}
