import type { BeforeSign, BeforeSignHook } from '../host/hooks.ts';
import type { ViewTools } from '../view/view-tools.ts';

const answerWithin = 30_000;
const longestDetail = 300;

/** @throws ElementProblem host-refused, host-silent */
export async function askHost(view: ViewTools, hook: BeforeSignHook | undefined, what: BeforeSign): Promise<void> {
  if (!hook) return;
  const answer = new Promise<boolean | string | void>((resolve) => resolve(hook(what)));
  const verdict = await view.within(
    answer.catch((error: unknown) => refuseFor(error)),
    answerWithin,
    () => view.problem('host-silent'),
  );
  if (verdict === false || typeof verdict === 'string') throw view.problem('host-refused', legible(verdict || ''));
}

/** An error may be a bug of the host's, so that its text goes to developers, not to the signatory. */
function refuseFor(error: unknown): false {
  // oxlint-disable-next-line no-console -- where developers look first
  console.warn('<tu-esign> host-refused: beforeSign threw', error);
  return false;
}

/**
 * The host's text as one paragraph, without characters that change its direction: it must not pass for the element's
 * own words.
 */
const legible = (text: string): string | undefined =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, longestDetail) || undefined;
