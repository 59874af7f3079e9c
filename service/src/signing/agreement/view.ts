import type { AgreementSummary, SigningView } from '@tu-esign/contract';
import type { Signing } from '#signing/signing.ts';
import { endOf, stateOfSequence, turnOf, type Agreement } from './agreement.ts';

/** An agreement, with the views of its signings. */
export interface ViewedAgreement {
  identifier: string;
  /** Absent where nothing has ended yet, and where an older release ended it. */
  agreement: Agreement | undefined;
  signings: readonly Signing[];
  views: readonly SigningView[];
}

/** What a host is told of an agreement as a whole. */
export const toSummary = ({ identifier, agreement, signings, views }: ViewedAgreement): AgreementSummary => {
  const withdrawnAt = agreement?.withdrawnAt ?? null;
  const reason = agreement?.reason ?? endOf(signings)?.reason;
  const outputs = views.findLast((view) => view.outputs.document.state === 'issued')?.outputs;
  return {
    identifier,
    sequence: { ...turnOf(signings), state: stateOfSequence(signings, withdrawnAt !== null) },
    ...(reason && { reason }),
    ...(withdrawnAt !== null && { withdrawal: toWithdrawal(withdrawnAt, agreement!) }),
    ...(outputs && { outputs }),
  };
};

const toWithdrawal = (at: number, { withdrawReason }: Agreement) => ({
  at: new Date(at).toISOString(),
  ...(withdrawReason && { reason: withdrawReason }),
});
