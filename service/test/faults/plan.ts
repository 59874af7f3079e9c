/** Where in a run something happens: the so manieth passing of a point, before or after what is done there. */
export interface Place {
  /** For example `sqlite commit`, `file rename`, `request provider`; any point where absent. */
  point?: string;
  /** Counts from 1, from when the plan was told. */
  nth: number;
  side: 'before' | 'after';
}

/** What happens there. An error is thrown at every later passing too, so many times in all. */
export interface Plan extends Place {
  act: 'kill' | 'freeze' | 'EIO' | 'ENOSPC';
  times?: number;
}

/** What a test says to the process. */
export type Order = { plan: Plan } | { list: true } | { measure: true } | { shiftMs: number };

/** What the process answers: the points passed since the last plan. */
export interface Passed {
  passed: string[];
}

/** What the process answers: bytes in memory, after its garbage was collected where Node was told to let it. */
export interface Measured {
  resident: number;
}

/** The variable that holds orders for the time before the process can be spoken to; JSON. */
export const ordersVariable = 'TU_ESIGN_TEST_ORDERS';
