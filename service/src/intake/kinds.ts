import type { DocumentFindingName } from '@tu-esign/contract';

export type Handling = 'refuse' | 'tell' | 'normalise';

interface Kind {
  /** Where a host's entry in the hosts file says nothing of it. */
  handling: Handling;
  /** For hosts and operators. */
  meaning: string;
}

const refuse = (meaning: string): Kind => ({ handling: 'refuse', meaning });
const tell = (meaning: string): Kind => ({ handling: 'tell', meaning });

const normalise = (meaning: string): Kind => ({ handling: 'normalise', meaning });

/** Refused is what acts by itself, comes from elsewhere, or is not the same for everybody; the rest is told. */
export const kinds: Readonly<Record<DocumentFindingName, Kind>> = {
  javascript: refuse('a script, wherever it is'),
  'launch-action': refuse('an action that starts a program or opens a file'),
  'submit-action': refuse('an action that sends the form, or fetches data into it'),
  'automatic-action': refuse('another action that is done by itself and does more than to set the view'),
  action: tell('an action that hides, resets or switches something when it is clicked'),
  'xfa-dynamic': refuse('a dynamic XFA form: some viewers draw the form, others a page that stands in for it'),
  'xfa-static': tell('an XFA form over the PDF’s own form'),
  portfolio: refuse('a portfolio: viewers open one of its files in place of the page'),
  'layers-differ': refuse(
    'a layer that is not shown alike on screen, on paper, in each configuration or by each viewer',
  ),
  'layers-hidden': tell('a layer that everybody has hidden'),
  'annotations-differ': refuse(
    'an annotation or field that is only shown, or only printed, is another one under the pointer, or that each viewer draws in a way of its own, or not',
  ),
  'appearances-differ': refuse(
    'a field whose value is not what its appearance says, and `/NeedAppearances`; or one that has a value and no appearance',
  ),
  'values-differ': tell('a field whose value is not what its appearance says'),
  'need-appearances': normalise(
    '`/NeedAppearances`: viewers draw the fields anew, and some show no signature; or a field’s frame without an appearance',
  ),
  'fillable-fields': tell('fields that whoever has the document can fill in'),
  'external-content': refuse('content that is in another file'),
  'content-differs': refuse('an image within the content of a page whose end each viewer finds elsewhere'),
  'print-content': refuse(
    'a picture or program that only printers draw, or colours that they and some viewers turn into others',
  ),
  'embedded-files': tell('files inside'),
  multimedia: tell('sound, film or a model in three dimensions'),
  encrypted: normalise('encryption that everybody can open, without a password, and that allows to sign'),
  'unreadable-object': tell('an object that is not to the letter, and that viewers read each in a way of its own'),
};
