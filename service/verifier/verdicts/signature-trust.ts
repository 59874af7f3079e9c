import type { Certificate } from '#certificates/certificate.ts';

/** Whom to believe of those who signed, and how strictly. */
export interface SignatureTrust {
  /** Undefined where nobody said whom: then integrity alone is judged. */
  roots: readonly Certificate[] | undefined;
  /** Roots of Mexican providers, besides ACR2-SE. */
  providers: readonly Certificate[];
  /** Weak keys and algorithms are told, and do not fail: for documents of a time when they were not. */
  legacy: boolean;
  now: Date;
}

/** Told either way; where somebody has said that what is judged is old, weak keys and algorithms do not fail. */
export const areStrong = (
  weaknesses: readonly string[],
  { legacy }: Pick<SignatureTrust, 'legacy'>,
): boolean | null => {
  if (weaknesses.length === 0) return true;
  return legacy ? null : false;
};

/** What is said beside the findings, for people: what is weak, and why a chain does not lead to a root. */
export const toNotes = (weaknesses: readonly string[], ...faults: (string | undefined)[]): string[] => [
  ...new Set([
    ...weaknesses.map((weakness) => `weak: ${weakness}`),
    ...faults.flatMap((fault) => (fault === undefined ? [] : [`chain: ${fault}`])),
  ]),
];
