import type { Anchored } from '@tu-esign/verifier/verdicts/findings.ts';

/**
 * 0 is for what holds up to a root that is trusted. Anybody can make a file that is whole in itself and signed under
 * any name, so that without a root it is another code: a program that asks for 0 alone must not take it for trust.
 */
export const toExitCode = ({ holds, anchored }: Anchored): 0 | 1 | 3 => {
  if (!holds) return 1;
  return anchored ? 0 : 3;
};

/** Comes before everything else where no root was given, so that nobody reads on without knowing it. */
export const toFirstLine = ({ anchored }: Anchored, deed: 'signed' | 'sealed'): string =>
  anchored
    ? ''
    : `No root was given: this judged integrity only, not who ${deed}. Give --root to have that judged.\n\n`;
