import type { Kit } from '../kit/kit.ts';

/** What is about to be signed, for the host to allow or refuse. */
export interface BeforeSign {
  /** The host's id of the process. */
  identifier: string;
  /** SHA-256 of the document that the signatory has before them, lower-case hexadecimal. */
  digest: string;
  /** How the autograph was made. */
  method: 'draw' | 'type' | 'upload';
}

/**
 * The host's last word before the post: false refuses, and so does whatever is thrown. A text refuses as well, and is
 * shown to the signatory, as text, after the element's own words.
 */
export type BeforeSignHook = (what: BeforeSign) => Promise<boolean | string | void> | boolean | string | void;

const answerWithin = 30_000;
const longestDetail = 300;

/** @throws ElementProblem host-refused, host-silent */
export async function askHost(kit: Kit, hook: BeforeSignHook | undefined, what: BeforeSign): Promise<void> {
  if (!hook) return;
  const answer = new Promise<boolean | string | void>((resolve) => resolve(hook(what)));
  const verdict = await kit.within(
    answer.catch((error: unknown) => refuseFor(error)),
    answerWithin,
    () => kit.problem('host-silent'),
  );
  if (verdict === false || typeof verdict === 'string') throw kit.problem('host-refused', legible(verdict || ''));
}

/** What is thrown may as well be a bug of the host's: its words are for developers. */
function refuseFor(error: unknown): false {
  // oxlint-disable-next-line no-console -- where developers look first
  console.warn('<tu-esign> host-refused: beforeSign threw', error);
  return false;
}

/** No line can be made to look like another's: one paragraph, and no characters that turn the text around. */
const legible = (text: string): string | undefined =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, longestDetail) || undefined;
