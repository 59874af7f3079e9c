import { askHost } from './ask-host.ts';
import type { VisitPort } from './visit-port.ts';
import { HandOff } from './hand-off.ts';
import type { Missing } from '../words/messages.ts';
import type { Actions } from './panel-model.ts';
import { printPdf } from './print.ts';
import type { Submission } from '../visit/acts.ts';

/** What the signatory can ask for in the views. */
export const createActions = (controller: VisitPort): Actions => ({
  consent: (given) => controller.set(() => (controller.consented = given)),
  sign: () => sign(controller),
  askDecline: () => dialogOf(controller)?.showModal(),
  cancelDecline: () => dialogOf(controller)?.close(),
  decline: (reason) => {
    dialogOf(controller)?.close();
    controller.running?.visit.dispatch({ type: 'decline', reason: reason.trim() || undefined });
  },
  retry: () => controller.running?.visit.dispatch({ type: 'retry' }),
  print: () => void print(controller).catch(reportError),
  open: (event) => void open(controller, event),
  handOff: new HandOff(controller),
});

const dialogOf = (controller: VisitPort) => controller.find('dialog') as HTMLDialogElement | null;

function sign(controller: VisitPort): void {
  const [missing] = controller.missing;
  if (missing) controller.find(places[missing])?.focus();
  else controller.running!.visit.sign(createSubmission(controller));
}

/** Where the signatory can supply what is missing: pressing the button leads there instead of signing. */
const places: Record<Missing, string> = {
  document: '.scroller',
  pages: '.unread',
  autograph: '.pad canvas, .typed input, .picker input',
  consent: '.consent input',
};

async function createSubmission({ chunks, model, element }: VisitPort): Promise<Submission> {
  const { view, session, consent } = model;
  const { identifier, document, limits } = session.request!;
  const { locale, digest } = consent!;
  const { method } = chunks.autograph!;
  await askHost(view, element.beforeSign, { identifier, digest: document.digest, method });
  const made = await chunks.autograph!.make(limits);
  if (!made) throw view.problem('autograph-unreadable');
  return { ...made, consent: { locale, digest }, viewed: model.viewed };
}

/** Follows a link; if it is about to expire, fetches a fresh one first. */
async function open(controller: VisitPort, event: Event): Promise<void> {
  const link = event.currentTarget as HTMLAnchorElement;
  const { visit } = controller.running!;
  if (!visit.linksAreStale) return;
  event.preventDefault();
  await visit.freshenLinks();
  await controller.element.updateComplete;
  if (!visit.linksAreStale) link.click();
}

/** Prints the signed document that is shown; where it could not be shown, opens its link. */
async function print(controller: VisitPort): Promise<void> {
  const { signed } = controller.running!.visit;
  if (signed) await printPdf(signed, controller.element.renderRoot);
  else controller.find('[part=download-button]')?.click();
}
