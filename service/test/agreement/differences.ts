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
    judges: ['openssl', 'pyHanko'],
    we: 'say more',
    reason:
      'what is left of a later signature is one for them, or a reason to read nothing; we judge what is there, and tell what is behind it',
    documents: ['behind, another name', 'behind, another reference', 'behind, cut short'],
  },
  {
    judges: ['openssl', 'poppler'],
    we: 'say more',
    reason:
      'the certificates have ended since: they judge by the day on which they are asked, we by the time that is proved',
    documents: [
      'attacks/control-annotation-appearance-replaced.pdf',
      'attacks/control-content-replaced.pdf',
      'attacks/font-dict-with-type-page-glyph-replaced.pdf',
      'attacks/form-field-appearance-overlays-whole-page-shadow-replace.pdf',
      'attacks/nested-resource-named-p-replaced.pdf',
      'attacks/openaction-javascript-added.pdf',
      'attacks/page-aa-added.pdf',
      'attacks/ssa-empty-signature-widget-over-page.pdf',
      'behind, cut short',
    ],
  },
  {
    judges: everybody,
    we: 'say more',
    reason: 'an altered certificate, where it can be read for what is needed of it, is another one than is named',
    documents: ['value, another digit'],
  },
  {
    judges: everybody,
    we: 'say less',
    reason: 'what lies behind the signature in its gap is nobody’s, and may be anything for them',
    documents: ['a bit behind the signature', 'padding, a bit flipped', 'padding, another digit'],
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
    documents: [
      'minimal-signed-twice-both-created.pdf: its last line gone',
      'trailer encrypt',
      'updates/read-from-its-beginning.pdf',
      'behind, a bit flipped',
      'behind, bytes removed',
      'behind, bytes replaced',
      'behind, bytes twice',
    ],
  },
  {
    judges: everybody,
    we: 'say less',
    reason: 'pages that are miscounted are more of them for some readers than for others, and so a fault for us',
    documents: ['page added', 'page inserted before'],
  },
  {
    judges: ['poppler', 'openssl'],
    we: 'say less',
    reason: 'they look at no time-stamp inside a signature',
    documents: ['a digit of the time-stamp’s signature'],
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
    we: 'say less',
    reason: 'it reads digits that are none',
    documents: ['value, a bit flipped'],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason: 'it lets an appearance be anything, in size, place and state, where a field may be filled in or drawn',
    documents: [
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
    reason: 'it does not look at what kind of annotation a new field for a signature is, nor at what lies under it',
    documents: [
      'signature field that is a link',
      'signature field that is a note',
      'signature field that is a square',
      'signature field that is a stamp',
      'signature field that is a text',
      'updates/field-of-outlined-letters.pdf',
      'updates/fields-that-cover-a-page-together.pdf',
      'updates/font-that-a-field-asks-for.pdf',
      'updates/signature-over-text.pdf',
    ],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason: 'it reads as its cross-reference says what others that mend a file read otherwise',
    documents: ['back to an earlier revision', 'two cross-references', 'updates/entry-beyond-the-file.pdf'],
  },
  {
    judges: ['pyHanko'],
    we: 'say less',
    reason:
      'it does not look at whether a field may be filled in by anybody, what its value is, and whether it shows that',
    documents: [
      'ro filled',
      'ro flag removed then filled',
      'V as stream',
      'V as dict',
      'cb has a value that it does not show',
      'cb has a value that nobody shows',
      'cb shows another state than its value',
      'field of another look alone',
      'field of another place alone',
    ],
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
      'a digit of the certificate’s signature',
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
      'signature field on a page of another generation',
      'updates/background-over-text.pdf',
      'updates/object-that-cannot-be-read.pdf',
      'updates/object-within-metadata.pdf',
      'updates/previous-section-that-is-no-whole-number.pdf',
      'updates/root-named-twice.pdf',
      'updates/strip-over-letters-without-width.pdf',
      'updates/strip-over-light-text-on-dark.pdf',
      'updates/strip-over-outlined-text.pdf',
      'updates/strip-over-text-behind-an-image.pdf',
      'updates/strip-over-text-in-nested-forms.pdf',
      'updates/strip-over-text-of-an-annotation.pdf',
      'updates/wrong-index-in-an-object-stream.pdf',
      'two cross-references',
      'V dup key',
      'xref type entry to garbage',
    ],
  },
  {
    judges: ['pyHanko'],
    we: 'say more',
    reason: 'it does not know widgets that are no field of their own, with a value above them, and rich text',
    documents: ['fill two', 'fill with rich text'],
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
