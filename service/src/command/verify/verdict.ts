import type { Anchored } from '@tu-esign/verifier/verdicts/findings.ts';

/**
 * The exit code: 0 where everything holds up to a root that was given, 1 where something does not. Without a root it is 3:
 * anybody can make a file that is whole in itself and signed under any name, and a program that looks for 0 alone must
 * not take it for trusted.
 */
export const toExitCode = ({ holds, anchored }: Anchored): 0 | 1 | 3 => {
  if (!holds) return 1;
  return anchored ? 0 : 3;
};

/** Printed before everything else where no root was given, so that nobody reads on without knowing it. */
export const toFirstLine = ({ anchored }: Anchored, deed: 'signed' | 'sealed'): string =>
  anchored
    ? ''
    : `No root was given: this judged integrity only, not who ${deed}. Give --root to have that judged.\n\n`;
