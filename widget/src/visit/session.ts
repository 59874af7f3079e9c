import type { SigningRequestView, SigningView } from '@tu-esign/contract';
import type { Stage } from '../host/events.ts';
import type { AskingHost } from '../host/element-problem.ts';
import type { AnyProblemType } from '../host/problem-type.ts';

/** Where the visit stands, as the signatory sees it. */
export type Phase = 'waiting' | 'loading' | 'reading' | 'sending' | 'following' | 'done' | 'declined' | 'stopped';

/** What the element was doing when something went wrong. */
export type Task = 'load' | 'ask' | 'sign' | 'decline' | 'follow' | 'document' | 'signed-document';

/** How far the document has been opened and checked; only `complete` may be signed. */
export interface Reading {
  state: 'opening' | 'checking' | 'complete' | 'incomplete' | 'failed';
  pages: number;
  checked: number;
  /** Bytes that have come, while it is opened. */
  fetched?: number;
  /** The first page that could not be drawn whole. */
  page?: number;
  /** Why the document cannot be shown, or not whole. */
  problem?: AnyProblemType;
}

export interface Session {
  phase: Phase;
  request: SigningRequestView | null;
  signing: SigningView | null;
  reading: Reading;
  /** What the signatory is told of; null when all is well. */
  problem: AnyProblemType | null;
  /** The host's own words on it. */
  detail: string | null;
  /** Who asks, where a problem says so before the request is known. */
  host: AskingHost | null;
  /** The browser is offline, or the last call did not reach the service and is being tried again. */
  offline: boolean;
  /** Failures in a row. */
  attempts: number;
  /** What the signatory asked for and has no answer to yet. */
  wanted: 'sign' | { declined: string | undefined } | null;
  /**
   * The problem in which a post ended while it may have taken effect all the same: the service is asked first, and the
   * problem is told only if it has not.
   */
  doubt: AnyProblemType | null;
  /** A post went out, and whether it arrived is not known yet. */
  unanswered: boolean;
}

export type VisitEvent =
  | { type: 'started' }
  | { type: 'request'; request: SigningRequestView }
  | { type: 'reading'; reading: Reading }
  | { type: 'sign' }
  | { type: 'decline'; reason: string | undefined }
  | { type: 'signing'; signing: SigningView }
  | {
      type: 'problem';
      problem: AnyProblemType;
      during: Task;
      detail?: string | undefined;
      host?: AskingHost | undefined;
    }
  | { type: 'line'; up: boolean }
  /** The signing may have been changed from another tab. */
  | { type: 'elsewhere' }
  | { type: 'retry' };

export type Effect =
  | { do: 'ask' | 'open-document' | 'show-signed' | 'sign' | 'renew' }
  | { do: 'decline'; reason: string | undefined }
  | { do: 'follow'; id: string }
  /** After `ms` milliseconds, or as soon as the browser says that it is online again. */
  | { do: 'later'; ms: number; next: Effect }
  | Emission;

/** What the host's page is told. */
export type Emission =
  | { do: 'emit-progress'; stage: Stage }
  | { do: 'emit-error'; problem: AnyProblemType }
  | { do: 'emit-signed'; signing: SigningView }
  | { do: 'emit-declined'; reason: string | undefined };

export interface Step {
  session: Session;
  effects: Effect[];
}

export const step = (session: Session, ...effects: Effect[]): Step => ({ session, effects });

export const emitError = (problem: AnyProblemType): Effect => ({ do: 'emit-error', problem });

export const initialSession = (): Session => ({
  phase: 'waiting',
  request: null,
  signing: null,
  reading: { state: 'opening', pages: 0, checked: 0 },
  problem: null,
  detail: null,
  host: null,
  offline: false,
  attempts: 0,
  wanted: null,
  doubt: null,
  unanswered: false,
});

/** The stage to show: what the service last said, or that it is being asked. */
export const currentStage = ({ signing }: Session): Stage => (signing ? stageOf(signing) : 'sending');

/** The stage a signing that is under way has reached. */
export function stageOf(signing: SigningView): Stage {
  const stages = {
    accepted: 'accepted',
    submitting: 'signing',
    review: 'signing',
    signed: 'conserving',
    conserved: 'conserving',
    completed: 'done',
  } as const;
  return stages[signing.status as keyof typeof stages] ?? 'accepted';
}
