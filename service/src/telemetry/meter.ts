/** How a step of a signing ended: `failed` is tried again, or is the end. */
export type StepOutcome = 'done' | 'failed';

/** How a call to a provider ended. `pending`: it signs later; `unknown`: the answer was lost, and it may have signed. */
export type ProviderOutcome = 'signed' | 'pending' | 'refused' | 'not-signed' | 'unknown';

export interface AnsweredRequest {
  method: string;
  /** The pattern of the address, not the address. */
  route: string;
  status: number;
}

/** What is counted as it happens. Labels are of a closed set: never an id, never a person. */
export interface Meter {
  answered(request: AnsweredRequest, seconds: number): void;
  stepEnded(step: string, outcome: StepOutcome, seconds: number): void;
  providerAnswered(provider: string, outcome: ProviderOutcome): void;
  /** A file that a record names is not there, or not what it was. */
  fileDamaged(found: 'missing' | 'altered'): void;
}

/** Counts nothing. */
export const noMeter: Meter = {
  answered() {},
  stepEnded() {},
  providerAnswered() {},
  fileDamaged() {},
};
