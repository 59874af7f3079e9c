import type { SigningView } from '@tu-esign/contract';

const nearlyOver = 10_000;

/** Whether a link is over, or so nearly that it may be over when it is used. */
export const areStale = (signing: SigningView | null): boolean =>
  signing !== null && linksOf(signing).some((link) => Date.parse(link.expiresAt) - Date.now() < nearlyOver);

const linksOf = ({ outputs, evidence }: SigningView) =>
  [evidence, ...Object.values(outputs).map((output) => output.link)].filter((link) => link !== undefined);
