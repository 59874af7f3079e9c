import { askHost } from '../element/before-sign.ts';
import type { Desk } from '../element/desk.ts';
import { HandOff } from './hand-off.ts';
import type { Missing } from '../words/messages.ts';
import type { Actions } from '../kit/model.ts';
import { printPdf } from './print.ts';
import type { Submission } from '../visit/service-client.ts';

/** What the signatory can ask for in the views. */
export const createActions = (desk: Desk): Actions => ({
  consent: (given) => desk.set(() => (desk.consented = given)),
  sign: () => sign(desk),
  askDecline: () => dialogOf(desk)?.showModal(),
  cancelDecline: () => dialogOf(desk)?.close(),
  decline: (reason) => {
    dialogOf(desk)?.close();
    desk.running?.visit.happen({ type: 'decline', reason: reason.trim() || undefined });
  },
  retry: () => desk.running?.visit.happen({ type: 'retry' }),
  print: () => void print(desk).catch(reportError),
  open: (event) => void open(desk, event),
  handOff: new HandOff(desk),
});

const dialogOf = (desk: Desk) => desk.find('dialog') as HTMLDialogElement | null;

function sign(desk: Desk): void {
  const [missing] = desk.missing;
  if (missing) desk.find(places[missing])?.focus();
  else desk.running!.visit.sign(createSubmission(desk));
}

/** Where what is missing can be given, as the button itself cannot be used yet. */
const places: Record<Missing, string> = {
  document: '.scroller',
  pages: '.unread',
  autograph: '.pad canvas, .typed input, .picker input',
  consent: '.consent input',
};

async function createSubmission({ parts, model, element }: Desk): Promise<Submission> {
  const { kit, session, consent } = model;
  const { identifier, document, limits } = session.request!;
  const { locale, digest } = consent!;
  const { method } = parts.autograph!;
  await askHost(kit, element.beforeSign, { identifier, digest: document.digest, method });
  const made = await parts.autograph!.make(limits);
  if (!made) throw kit.problem('autograph-unreadable');
  return { ...made, consent: { locale, digest }, viewed: model.viewed };
}

/** Follows a link, with a fresh one where it is nearly over. */
async function open(desk: Desk, event: Event): Promise<void> {
  const link = event.currentTarget as HTMLAnchorElement;
  const { visit } = desk.running!;
  if (!visit.linksAreStale) return;
  event.preventDefault();
  await visit.freshenLinks();
  await desk.element.updateComplete;
  if (!visit.linksAreStale) link.click();
}

/** What is shown is what is printed; where it could not be shown, the link has it. */
async function print(desk: Desk): Promise<void> {
  const { signed } = desk.running!.visit;
  if (signed) await printPdf(signed, desk.element.renderRoot);
  else desk.find('[part=download-button]')?.click();
}
