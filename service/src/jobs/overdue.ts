import type { Signing } from '#signing/signing.ts';
import type { Neighbours } from './step.ts';

/** The time is over for which the outputs of a signed document are asked for. */
export const isOverdue = ({ signedAt }: Signing, { now, outputDeadlineMs }: Neighbours): boolean =>
  now().getTime() - (signedAt ?? 0) > outputDeadlineMs;
