export type Judge = 'openssl' | 'poppler' | 'pyHanko';

/** Whose word on which documents is another one than ours, and why: all of them, in one table. */
export interface Difference {
  judges: readonly Judge[];
  /** Whether we say less than they do, or more. */
  we: 'say less' | 'say more';
  reason: string;
  /** By name, or by what was done to them, whichever document it was. */
  documents: readonly string[];
}

const everybody = ['openssl', 'poppler', 'pyHanko'] as const;

export const differences: readonly Difference[] = [
  {
    judges: everybody,
    we: 'say more',
    reason:
      'what is left of a later signature is one for them, or a reason to read nothing; we tell that something lies behind',
    documents: ['changed'],
  },
  {
    judges: everybody,
    we: 'say less',
    reason: 'what lies behind the signature in its gap is nobody’s, and may be anything for them',
    documents: ['a bit behind the signature'],
  },
  {
    judges: everybody,
    we: 'say less',
    reason: 'a page that has kids is a page for some readers and not for others, and so a fault for us',
    documents: ['attacks/page-type-page-kids-inserted-before-page-1.pdf', 'page has kids', 'page with kids inserted'],
  },
  {
    judges: everybody,
    we: 'say less',
    reason: 'two fields with one signature are two signatures of one act, and so a fault for us',
    documents: ['signature of a signature’s value'],
  },
  {
    judges: everybody,
    we: 'say less',
    reason: 'what is written as nobody writes it is a fault for us; they read around it, or never come there',
    documents: ['changed', 'trailer encrypt'],
  },
  {
    judges: ['poppler', 'openssl'],
    we: 'say less',
    reason: 'they look at no time-stamp inside a signature',
    documents: ['a bit of the time-stamp’s signature'],
  },
  {
    judges: ['openssl'],
    we: 'say less',
    reason: 'it is given each signature in the file; that a field has another value now, which is none, it cannot know',
    documents: ['signature with another value'],
  },
  {
    judges: ['openssl'],
    we: 'say less',
    reason: 'it is given the signature alone, and needs not read the document, which is encrypted',
    documents: ['signed-encrypted-pubkey-with-catalog-ref.pdf'],
  },
  {
    judges: ['poppler'],
    we: 'say more',
    reason: 'it finds no signature any more; we tell of one that was taken away, and that this was not allowed',
    documents: ['signature without a value', 'two cross-references', 'back to an earlier revision'],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason: 'it lets an appearance be anything, in size, place and state, where a field may be filled in or drawn',
    documents: [
      'attacks/form-field-appearance-overlays-whole-page-shadow-replace.pdf',
      'updates/box-that-covers-a-certified-page.pdf',
      'updates/box-that-covers-the-page.pdf',
      'updates/field-of-broad-lines.pdf',
      'updates/object-beyond-its-revision.pdf',
      'updates/rectangle-of-five-numbers.pdf',
      'updates/signature-that-only-prints.pdf',
      'empty signature that is drawn',
      'small empty signature that is drawn',
      'pb AP',
      'cb AP state replaced',
      'cb AS of unknown',
      'AP with OC',
      'AP external F',
      'AP BBox huge',
      'AP matrix huge',
      'AP matrix singular',
      'AP no BBox',
      'AP D and R',
      'AP refers page as resource',
    ],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason: 'it does not look at whether a field may be filled in by anybody, and what its value is',
    documents: ['ro filled', 'ro flag removed then filled', 'V as stream', 'V as dict'],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason: 'it lets what all fields share change, and entries of the catalogue and of what describes the document',
    documents: ['viewers draw the fields', 'DR font replaced', 'DA of form', 'info of objects', 'Version object'],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason: 'a signature that is in no form any more is none for it, and the one that came later holds',
    documents: ['form removed', 'fields removed', 'signature without a value'],
  },
  {
    judges: ['pyHanko'],
    we: 'say more',
    reason:
      'it judges nothing where it cannot read all; we judge what was signed, and tell that what came later is not allowed',
    documents: [
      'a bit of the certificate’s signature',
      'annots emptied',
      'back to an earlier revision',
      'content is another object',
      'content of another generation',
      'content of another length',
      'fields removed',
      'font is another object',
      'form removed',
      'Info huge object page',
      'length changed',
      'page of a key twice',
      'signature without a value',
      'size that hides objects',
      'updates/strip-over-letters-without-width.pdf',
      'two cross-references',
      'V dup key',
      'xref type entry to garbage',
    ],
  },
  {
    judges: ['pyHanko'],
    we: 'say more',
    reason: 'it does not know widgets that are no field of their own, with a value above them',
    documents: ['fill two'],
  },
];

/** What was done to a document, whichever it was. */
const kindOf = (name: string): string => name.replace(/^.*?: /, '').replace(/, (?:signed over|\d+)$/, '');

/** What stands in the list for somebody's other word on a document; undefined where nothing does. */
export const findListed = (judge: Judge, we: Difference['we'], name: string): string | undefined =>
  differences
    .filter((each) => each.judges.includes(judge) && each.we === we)
    .flatMap(({ documents }) => documents)
    .find((listed) => listed === name || listed === kindOf(name));
