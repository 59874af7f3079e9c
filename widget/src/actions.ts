import type { Desk } from './desk.ts';
import { ElementProblem } from './element-problem.ts';
import type { Missing } from './messages.ts';
import type { Actions } from './model.ts';
import type { Submission } from './service-client.ts';

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
  open: (event) => void open(desk, event),
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
  autograph: '.pad canvas, .typed input, .picker input',
  consent: '.consent input',
};

async function createSubmission({ parts, session, consent }: Desk): Promise<Submission> {
  const { locale, digest } = consent!;
  const made = await parts.autograph!.make(session.request!.limits);
  if (!made) throw new ElementProblem('autograph-unreadable');
  return { ...made, consent: { locale, digest } };
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
