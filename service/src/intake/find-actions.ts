import { decodeText } from '@tu-esign/verifier/pdf/objects/text.ts';
import { PdfStream, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { nameAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { PdfString } from '@tu-esign/verifier/pdf/objects/strings.ts';
import type { DocumentFindingName } from '@tu-esign/contract';
import type { Visited } from './walk-objects.ts';

/** Kinds of actions (ISO 32000-2, table 201) that do more than to turn to another page or address. */
const kinds: Readonly<Record<string, DocumentFindingName>> = {
  JavaScript: 'javascript',
  Launch: 'launch-action',
  SubmitForm: 'submit-action',
  ImportData: 'submit-action',
  ResetForm: 'action',
  Hide: 'action',
  SetOCGState: 'action',
  Rendition: 'multimedia',
  Sound: 'multimedia',
  Movie: 'multimedia',
  RichMediaExecute: 'multimedia',
  GoTo3DView: 'multimedia',
  GoToR: 'action',
  GoToE: 'action',
  URI: 'action',
  GoTo: 'action',
  GoToDp: 'action',
  Named: 'action',
  Thread: 'action',
  Trans: 'action',
};

/** What an author's link does: nobody needs to be told of it. */
const links = new Set(['GoTo', 'GoToR', 'GoToE', 'GoToDp', 'URI', 'Named', 'Thread', 'Trans']);

/** What sets the view alone, also where it is done by itself. */
const turns = new Set(['NextPage', 'PrevPage', 'FirstPage', 'LastPage']);
const setsView = (dict: PdfDict, kind: string): boolean =>
  kind === 'GoTo' || kind === 'GoToDp' || kind === 'Trans' || (kind === 'Named' && turns.has(nameAt(dict, 'N') ?? ''));

const isText = (value: unknown): boolean => value instanceof PdfString || value instanceof PdfStream;

const isScript = (dict: PdfDict): boolean => {
  if (isText(dict.lookup('JS')) || dict.has('OnInstantiate')) return true;
  const address = dict.lookup('URI');
  return address instanceof PdfString && /^\s*javascript:/i.test(decodeText(address.bytes()));
};

/** What one dictionary does, where it is an action; undefined where it does nothing that is worth telling. */
export const findAction = ({ dict, automatic }: Visited): DocumentFindingName | undefined => {
  if (isScript(dict)) return 'javascript';
  const kind = nameAt(dict, 'S');
  if (kind === undefined || !Object.hasOwn(kinds, kind)) return undefined;
  const finding = kinds[kind]!;
  if (finding !== 'action' && finding !== 'multimedia') return finding;
  if (automatic) return setsView(dict, kind) ? undefined : 'automatic-action';
  return links.has(kind) ? undefined : finding;
};
