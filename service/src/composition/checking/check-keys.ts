import { openAuthority } from '#authority/authority.ts';
import type { KeyFiles } from '#keys/key-storage.ts';
import { openSecrets } from '#keys/secret.ts';
import type { Engines } from '#composition/engines.ts';
import type { Say, SetupFinding } from './finding.ts';

/** Those that are missing were not made yet, where all of them are. */
const missing = new Error('not there');
const toCome: SetupFinding = { part: 'keys', found: 'unsure', said: 'not all keys are there yet: a start makes them' };
const never = async (): Promise<KeyFiles> => {
  throw missing;
};

type KeysOf = Pick<Engines, 'keys' | 'holder'>;

/** Opens all that a start opens, and makes nothing. */
export const judgeKeys = async ({ keys, holder }: KeysOf, say: Say): Promise<SetupFinding[]> => {
  const kept = { open: (name: string) => keys.open(name, never) };
  try {
    for (const name of ['links', 'drafts']) await openSecrets(kept, name);
  } catch (error) {
    if (error !== missing) return [{ part: 'keys', found: 'wrong', said: say(error) }];
    // Its authority may wait for a root elsewhere, which a start does not make.
    const authority = await judgeAuthority({ keys, holder }, say);
    return authority.some(({ said }) => said === toCome.said) ? authority : [toCome, ...authority];
  }
  return judgeAuthority({ keys, holder }, say);
};

/** The same of the authority alone: it may be there before the first start. */
export const judgeAuthority = async ({ keys, holder }: KeysOf, say: Say): Promise<SetupFinding[]> => {
  try {
    const kept = { open: (name: string) => keys.open(name, never) };
    const { validity, rootList } = await openAuthority({ keys: kept, holder, now: () => new Date() });
    return [judgeClock(validity), ...(rootList ? [judgeRootList(rootList)] : [])];
  } catch (error) {
    if (error === missing) return [toCome];
    return [{ part: 'keys', found: 'wrong', said: say(error) }];
  }
};

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** Whoever goes to the root needs a while. */
const warnedMs = 30 * 24 * 3_600_000;

/** Without a list of the root's nobody knows whether the authority is revoked: documents reach B-T alone. */
const judgeRootList = ({ nextUpdate }: { nextUpdate: Date }): SetupFinding => {
  const left = nextUpdate.getTime() - Date.now();
  const another = 'make another by tu-esign root list, and bring it by tu-esign keys install';
  const elsewhere = "the root's key is not here";
  if (left < 0)
    return { part: 'keys', found: 'wrong', said: `${elsewhere}, and its list ended on ${day(nextUpdate)}: ${another}` };
  const said = `${elsewhere}; its list of what it has revoked holds until ${day(nextUpdate)}`;
  if (left < warnedMs) return { part: 'keys', found: 'unsure', said: `${said}: ${another}` };
  return { part: 'keys', found: 'good', said };
};

const judgeClock = ({ from, to }: { from: Date; to: Date }): SetupFinding => {
  const now = new Date();
  if (now >= from && now <= to)
    return { part: 'clock', found: 'good', said: `within the authority’s certificates, which end on ${day(to)}` };
  const said = `it says ${day(now)}, and the authority’s certificates hold from ${day(from)} to ${day(to)}`;
  return { part: 'clock', found: 'wrong', said };
};
