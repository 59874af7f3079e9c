import { createHash, timingSafeEqual } from 'node:crypto';
import type { OperatorDelivery, OperatorSigning, ProblemType } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { Signing } from '#signing/signing.ts';
import type { Delivery } from '#records/deliveries.ts';
import { readBearer } from '#http/bearer.ts';
import type { Context } from '#http/route.ts';
import type { Services } from '#http/services.ts';

/** What the operator's endpoints refuse with. */
export const operatorProblems: readonly ProblemType[] = ['token-missing', 'operator-key-wrong', 'not-found'];

/**
 * Lets the operator in, by the key that the service is configured with. Without one there is nothing here.
 * @throws Problem not-found, token-missing, token-malformed, operator-key-wrong
 */
export const requireOperator = (context: Context, { operatorKey }: Services): void => {
  if (operatorKey === undefined) throw new Problem('not-found');
  if (!timingSafeEqual(digest(readBearer(context)), digest(operatorKey))) throw new Problem('operator-key-wrong');
};

/** Of the same length, whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const toTime = (at: number): string => new Date(at).toISOString();

/** Without anything of the signatory's. */
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
