import { createHash, timingSafeEqual } from 'node:crypto';
import type { OperatorDelivery, OperatorSigning, ProblemType } from '@tu-esign/contract';
import { readBearer } from '#http/request/bearer.ts';
import type { Context } from '#http/request/route.ts';
import { Problem } from '#problem.ts';
import type { Delivery } from '#records/deliveries.ts';
import type { Signing } from '#signing/signing.ts';
import type { WrongKeys } from './wrong-keys.ts';

export interface OperatorDeps {
  wrongKeys: WrongKeys;
  /** What lets the operator in; undefined where there is no operator. */
  operatorKey: string | undefined;
}

/** What the operator's endpoints refuse with. */
export const operatorProblems: readonly ProblemType[] = [
  'token-missing',
  'operator-key-wrong',
  'rate-limited',
  'not-found',
];

/**
 * Lets the operator in, by the key that the service is configured with. Where it has none, the answer is that there is
 * no such address.
 * @throws Problem not-found, token-missing, token-malformed, operator-key-wrong, rate-limited
 */
export const requireOperator = (context: Context, { operatorKey, wrongKeys }: OperatorDeps): void => {
  if (operatorKey === undefined) throw new Problem('not-found');
  const key = readBearer(context);
  wrongKeys.requirePatience(context.ip);
  if (timingSafeEqual(digest(key), digest(operatorKey))) return wrongKeys.forget(context.ip);
  wrongKeys.count(context.ip);
  throw new Problem('operator-key-wrong');
};

/** Two digests are of one length, which comparing in constant time demands. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const toTime = (at: number): string => new Date(at).toISOString();

/** What an operator is told of a signing: nothing of the signatory. */
export const toOperatorSigning = ({
  id,
  host,
  identifier,
  status,
  createdAt,
  updatedAt,
}: Signing): OperatorSigning => ({
  id,
  host,
  identifier,
  status,
  createdAt: toTime(createdAt),
  updatedAt: toTime(updatedAt),
});

export const toOperatorDelivery = ({ signingId, createdAt, ...delivery }: Delivery): OperatorDelivery => ({
  id: delivery.id,
  signing: signingId,
  host: delivery.host,
  type: delivery.type,
  state: delivery.state,
  attempts: delivery.attempts,
  createdAt: toTime(createdAt),
  outcome: delivery.outcome,
});
