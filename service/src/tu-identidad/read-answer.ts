import type { Answer } from './exchange.ts';
import { Failure, type FailureFacts } from './failure.ts';

/** Whether it is a code and no sentence, which may name people. */
const isCode = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]{1,40}$/.test(value);

const members = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const listWarnings = (body: unknown): unknown[] => {
  const { warnings } = members(body);
  return Array.isArray(warnings) ? warnings : [];
};

/** Texts that were sent and are longer than this are files. */
const longestText = 300;

/** Whether a code quotes what was sent of the person or the process, in whole or in part. */
const quotes = (code: string, sent: Record<string, unknown>): boolean =>
  Object.values(sent).some((value) => {
    if (typeof value !== 'string' || value === '' || value.length > longestText) return false;
    const [ours, theirs] = [value.toLowerCase(), code.toLowerCase()];
    return theirs.includes(ours) || ours.includes(theirs);
  });

/** The vendor's code, in any of the places where it may be; never free text, and never anything that was sent. */
export const findCode = (body: unknown, sent: Record<string, unknown>): string | undefined => {
  const { error, code } = members(body);
  const candidates = [error, members(error)['code'], code, ...listWarnings(body).map((one) => members(one)['code'])];
  return candidates.map(toText).find((one): one is string => isCode(one) && !quotes(one, sent));
};

const toText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** The codes of its warnings; `without-code` stands for a warning that has none. */
export const readWarnings = ({ status, body }: Answer, sent: Record<string, unknown>): { code: string }[] => {
  const warnings = listWarnings(body).map((one) => ({ code: findCode(one, sent) ?? 'without-code' }));
  return warnings.length === 0 && status === 203 ? [{ code: 'without-code' }] : warnings;
};

/** Whether an answer says success or failure, in any of the forms that are known; undefined where it says neither. */
export const readSuccess = (body: unknown): boolean | undefined => {
  const { status, error, code } = members(body);
  if (error !== undefined && error !== null && error !== '') return false;
  if (typeof status === 'string') return status.toLowerCase() === 'success';
  return code === undefined ? undefined : false;
};

/** Statuses that say what went wrong by themselves, and whether the order may have been carried out nevertheless. */
const byStatus: Record<number, Omit<FailureFacts, 'code' | 'retryAfterMs'>> = {
  401: { kind: 'credentials', withoutEffect: true },
  403: { kind: 'credentials', withoutEffect: true },
  // There is no such method.
  404: { kind: 'unavailable', withoutEffect: true },
  405: { kind: 'unavailable', withoutEffect: true },
  408: { kind: 'unavailable', withoutEffect: false },
  429: { kind: 'rate-limited', withoutEffect: true },
};

const judgeStatus = ({ status, body }: Answer): Omit<FailureFacts, 'code' | 'retryAfterMs'> => {
  const known = byStatus[status];
  if (known) return known;
  if (status >= 500) return { kind: 'unavailable', withoutEffect: false };
  const isRefusal = status >= 400 || ([200, 203].includes(status) && readSuccess(body) === false);
  return isRefusal ? { kind: 'refused', withoutEffect: true } : { kind: 'unclear', withoutEffect: false };
};

/** How a call failed, by an answer that is no success. */
export const toFailure = (answer: Answer, sent: Record<string, unknown>): Failure => {
  const code = findCode(answer.body, sent) ?? String(answer.status);
  return new Failure({ ...judgeStatus(answer), code, retryAfterMs: answer.retryAfterMs });
};
