/** The host's back end, as its page calls it. */

import type { Asks } from '../panel/asks.ts';

export interface Visit {
  id: string;
  identifier: string;
  agreement: { digest: string; name: string };
  signatory: Record<string, string>;
  asks?: Asks;
}

export interface SignatoryState {
  id: string;
  name: string;
  position: number;
  state: string;
}

export interface Arrival {
  at: string;
  id: string;
  body: unknown;
}

const json = { 'content-type': 'application/json' };

export const findVisit = async (id: string): Promise<Visit | undefined> => {
  const answer = await fetch(`/api/visits/${encodeURIComponent(id)}`);
  return answer.status === 404 ? undefined : read(answer);
};

interface Asked {
  signatory?: Record<string, string>;
  digest?: string;
  /** How many sign: 1 or 3. */
  signatories?: number;
  asks?: Asks;
}

/** A new process, and its first visit: of the sample by the sample's signatory, unless said otherwise. */
export const createVisit = (asked: Asked): Promise<Visit> =>
  post('/api/visits', { headers: json, body: JSON.stringify(asked) });

/** What the element calls whenever it needs a token. */
export const fetchToken = async (visit: string): Promise<string> => {
  const { token } = await post<{ token: string }>('/api/token', { headers: json, body: JSON.stringify({ visit }) });
  return token;
};

/** @throws Error with the service's reason for refusing the document */
export const uploadAgreement = (pdf: File): Promise<Visit['agreement']> =>
  post(`/api/agreements?name=${encodeURIComponent(pdf.name)}`, {
    headers: { 'content-type': 'application/pdf' },
    body: pdf,
  });

/** All who sign in a visit's process. */
export const listSignatories = async (id: string): Promise<SignatoryState[]> =>
  read(await fetch(`/api/visits/${encodeURIComponent(id)}/signatories`));

/** What the back end was told of a visit's process. */
export const listNotifications = async (id: string): Promise<Arrival[]> =>
  read(await fetch(`/api/visits/${encodeURIComponent(id)}/notifications`));

const post = async <T>(path: string, init: RequestInit): Promise<T> =>
  read(await fetch(path, { method: 'POST', ...init }));

const read = async <T>(answer: Response): Promise<T> => {
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text) as T;
  throw new Error(reasonOf(text));
};

/** A problem document (RFC 9457) in words; anything else as it is. */
const reasonOf = (text: string): string => {
  try {
    const { title, detail, type } = JSON.parse(text);
    return `${[title, detail].filter(Boolean).join('. ')} (${type})`;
  } catch {
    return text;
  }
};
