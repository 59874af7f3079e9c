import type { DocumentFinding, DocumentFindingName, RefusedFinding } from '@tu-esign/contract';
import { Problem } from '#problem.ts';
import type { FindingPolicy } from '#signing/document.ts';
import { describePlace, type Found } from './found.ts';
import { kinds, type Handling } from './kinds.ts';

/** What becomes of a finding at a host. What was signed is never changed: it is refused or told, as by default. */
const handlingOf = (finding: DocumentFindingName, policy: FindingPolicy, isSigned: boolean): Handling => {
  const byDefault = kinds[finding].handling;
  const wanted = policy[finding] ?? byDefault;
  if (wanted !== 'normalise' || !isSigned) return wanted;
  return byDefault === 'refuse' ? 'refuse' : 'tell';
};

/** What was found, parted by what becomes of it. */
export interface Handled {
  refused: RefusedFinding[];
  told: DocumentFinding[];
  normalised: DocumentFinding[];
}

export const handle = (found: Found, policy: FindingPolicy, isSigned: boolean): Handled => {
  const handled: Handled = { refused: [], told: [], normalised: [] };
  for (const [finding, places] of found) {
    const own = { finding, places: [...places] };
    const handling = handlingOf(finding, policy, isSigned);
    if (handling === 'refuse') handled.refused.push(own);
    else if (handling === 'tell') handled.told.push({ ...own, handling: 'told' });
    else handled.normalised.push({ ...own, handling: 'normalised' });
  }
  return handled;
};

const describe = ({ finding, places }: RefusedFinding): string =>
  `${finding} (${places.slice(0, 3).map(describePlace).join('; ')}${places.length > 3 ? '; …' : ''})`;

/** @throws Problem document-finding, which names each finding and where it is */
export const requireNoneRefused = ({ refused }: Pick<Handled, 'refused'>): void => {
  if (refused.length > 0)
    throw new Problem('document-finding', refused.map(describe).join(', '), { findings: refused });
};
