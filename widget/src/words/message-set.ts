import type { Messages } from './messages.ts';

/**
 * The host's own words, for any part of the element's. Where the element's are a function of values it fills in, the
 * host's may be a function of them, too, or a fixed text.
 */
export type OwnMessages = {
  [K in keyof Messages]?: Messages[K] extends (...values: infer Values) => string
    ? string | ((...values: Values) => string)
    : Messages[K] extends string
      ? string
      : Partial<Messages[K]>;
};

type Words = Record<string, unknown>;

const kept = new WeakMap<OwnMessages, Messages>();
const rightToLeft = /^(?:ar|arc|ckb|dv|fa|ha-arab|he|ks|ps|sd|ug|ur|yi)\b/i;

/**
 * The element's words with the host's in their place. What a host leaves undefined stays as it was. The consent is not
 * among them: it is the service's text, whose digest goes with the autograph.
 */
export function withOwn(messages: Messages, own: OwnMessages): Messages {
  const known = kept.get(own);
  if (known && bases.get(known) === messages) return known;
  const all = replace(messages as unknown as Words, own) as unknown as Messages;
  if (own.language && !own.direction) all.direction = rightToLeft.test(own.language) ? 'rtl' : 'ltr';
  kept.set(own, all);
  bases.set(all, messages);
  return all;
}

/** The element's own words that each merged set was made from. */
const bases = new WeakMap<Messages, Messages>();

function replace(words: Words, own: Words): Words {
  const all = { ...words };
  for (const [name, ours] of Object.entries(words)) {
    const theirs = own[name];
    if (typeof ours === 'object') all[name] = replace(ours as Words, (theirs ?? {}) as Words);
    else if (typeof theirs === typeof ours) all[name] = theirs;
    else if (typeof theirs === 'string') all[name] = () => theirs;
  }
  return all;
}
