import type { Answer } from './exchange.ts';
import { Failure, type FailureFacts } from './failure.ts';

/** A code and no sentence: words may name people. */
const isCode = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,40}$/.test(value);

const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const listWarnings = (body: unknown): unknown[] => {
  const { warnings } = members(body);
  return Array.isArray(warnings) ? warnings : [];
};

/** Longer ones are files. */
const mostWords = 300;

/** Whether a code holds anything that was sent of the person or the process, or is a part of it. */
const quotes = (code: string, sent: Record<string, unknown>): boolean =>
  Object.values(sent).some((value) => {
    if (typeof value !== 'string' || value === '' || value.length > mostWords) return false;
    const [said, told] = [value.toLowerCase(), code.toLowerCase()];
    return told.includes(said) || said.includes(told);
  });

/** The vendor's code, in any of the places where it may be; never free text, and never anything that was sent. */
export const findCode = (body: unknown, sent: Record<string, unknown>): string | undefined => {
  const { error, code } = members(body);
  const candidates = [error, members(error)['code'], code, ...listWarnings(body).map((one) => members(one)['code'])];
  return candidates.map(toText).find((one): one is string => isCode(one) && !quotes(one, sent));
};

const toText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** Codes of what it warns of; one without a code is told as such. */
export const readWarnings = ({ status, body }: Answer, sent: Record<string, unknown>): { code: string }[] => {
  const warnings = listWarnings(body).map((one) => ({ code: findCode(one, sent) ?? 'without-code' }));
  return warnings.length === 0 && status === 203 ? [{ code: 'without-code' }] : warnings;
};

/** It says `status`, in any case; or it says what went wrong, in one of its shapes; or neither. */
export const tellsSuccess = (body: unknown): boolean | undefined => {
  const { status, error, code } = members(body);
  if (error !== undefined && error !== null && error !== '') return false;
  if (typeof status === 'string') return status.toLowerCase() === 'success';
  return code === undefined ? undefined : false;
};

/** Whether a status is one with which an order was refused before it was looked at. */
const byStatus: Record<number, Omit<FailureFacts, 'code' | 'retryAfterMs'>> = {
  401: { kind: 'credentials', withoutEffect: true },
  403: { kind: 'credentials', withoutEffect: true },
  // The method is not there.
  404: { kind: 'unavailable', withoutEffect: true },
  405: { kind: 'unavailable', withoutEffect: true },
  408: { kind: 'unavailable', withoutEffect: false },
  429: { kind: 'rate-limited', withoutEffect: true },
};

const judgeStatus = ({ status, body }: Answer): Omit<FailureFacts, 'code' | 'retryAfterMs'> => {
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return { kind: 'unavailable', withoutEffect: false };
  const isRefusal = status >= 400 || ([200, 203].includes(status) && tellsSuccess(body) === false);
  return isRefusal ? { kind: 'refused', withoutEffect: true } : { kind: 'unclear', withoutEffect: false };
};

/** What an answer is that is not the one hoped for. */
export const toFailure = (answer: Answer, sent: Record<string, unknown>): Failure => {
  const code = findCode(answer.body, sent) ?? String(answer.status);
  return new Failure({ ...judgeStatus(answer), code, retryAfterMs: answer.retryAfterMs });
};
