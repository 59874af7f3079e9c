import type { DeliveryState, NotificationType } from '@tu-esign/contract';

/** One notification for a host, kept until it has arrived, and when it was given up. */
export interface Delivery {
  /** Names the notification for its receiver, however often it is sent. */
  id: string;
  signingId: string;
  host: string;
  type: NotificationType;
  state: DeliveryState;
  epoch: number;
  /** Tries that ended without success. */
  attempts: number;
  /** When it happened what is told: milliseconds since the epoch. */
  createdAt: number;
  /** How the last try ended: a status, or why there was none. */
  outcome: string | null;
}

/** The deliveries; they are inserted with the change they tell of. */
export interface DeliveryStore {
  find(id: string): Promise<Delivery | undefined>;
  /** Of one signing, oldest first. */
  list(signingId: string): Promise<Delivery[]>;
  /** Oldest first. */
  listByState(state: DeliveryState, limit: number): Promise<Delivery[]>;
  /** Makes all of one signing due now, as if none had been tried; fenced against tries under way. */
  sendAgain(signingId: string): Promise<Delivery[]>;
  findDue(limit: number): Promise<string[]>;
  /** Takes a delivery that is due, for a while; undefined where it is not due or somebody else was faster. */
  claim(id: string, leaseMs: number): Promise<Delivery | undefined>;
  /**
   * Fenced by the epoch.
   * @param dueInMs when to look at it again; null: never
   * @returns undefined where another change came first
   */
  save(delivery: Delivery, dueInMs: number | null): Promise<Delivery | undefined>;
  /** Milliseconds until it is due; null where it is not waited for. */
  dueInMs(id: string): Promise<number | null>;
  /** How many are due. */
  countDue(): Promise<number>;
  makeAllDue(): Promise<void>;
}
