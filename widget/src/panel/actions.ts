import { askHost } from './ask-host.ts';
import type { VisitPort } from './visit-port.ts';
import { HandOff } from './hand-off.ts';
import { Sheet } from './sheet.ts';
import type { Missing } from '../words/messages.ts';
import type { Actions } from './panel-model.ts';
import { printPdf } from './outcome/print.ts';
import type { Submission } from '../visit/acts.ts';

/** What the signatory can ask for in the views. */
export function createActions(controller: VisitPort): Actions {
  const sheet = new Sheet(controller);
  return {
    consent: (given) => controller.set(() => (controller.consented = given)),
    accept: (id, given) =>
      controller.set(() => void (given ? controller.accepted.add(id) : controller.accepted.delete(id))),
    sign: () => sign(controller, sheet),
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
    sheet,
    openPad: () => void openPad(controller, sheet),
  };
}

const dialogOf = (controller: VisitPort) => controller.find('dialog.decline') as HTMLDialogElement | null;

/** Where an autograph is made, whatever the way. */
const pad = '.pad:not(.small) canvas, .typed input, .picker input';

/** Opens the sheet where there is one, leads to the pad, and brings the place that it is for into view. */
async function openPad(controller: VisitPort, sheet: Sheet): Promise<void> {
  const { autograph } = controller.chunks;
  autograph?.ink.enter();
  sheet.open();
  await controller.element.updateComplete;
  // All of it: what lies below the window would be under the sheet.
  controller.find('.columns')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (controller.session.phase !== 'reading') return controller.find('.dock h3')?.focus({ preventScroll: true });
  // On a phone a text field would call up its keyboard, over the sheet.
  controller.find(autograph?.method === 'draw' ? pad : '#autograph')?.focus({ preventScroll: true });
  requestAnimationFrame(() => controller.running?.reader.bringSignature());
}

function sign(controller: VisitPort, sheet: Sheet): void {
  const [missing] = controller.missing;
  if (missing) void pointOut(controller, sheet, missing);
  else controller.running!.visit.sign(createSubmission(controller));
}

/** Where the signatory can supply what is missing: pressing the button leads there instead of signing. */
const places: Record<Missing, string> = {
  document: '.scroller',
  pages: '.unread',
  autograph: pad,
  initials: '.initials-made .wanted, .pad.small canvas, .initials-made input',
  consents: '.host input[data-required]:not(:checked)',
  consent: '.consent input',
};

/** Milliseconds for which what is missing is marked. */
const markedFor = 2_400;

/** Brings what is missing into view, focused and marked: a finger sees no focus. */
async function pointOut(controller: VisitPort, sheet: Sheet, missing: Missing): Promise<void> {
  if (missing === 'document' || missing === 'pages') sheet.close();
  const found = controller.find(places[missing]);
  found?.focus({ preventScroll: true });
  await controller.element.updateComplete;
  const shown = found?.closest<HTMLElement>('.pad, .typed, .picker, .agreed, .initials-made') ?? found;
  shown?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  shown?.toggleAttribute('data-wanted', true);
  setTimeout(() => shown?.removeAttribute('data-wanted'), markedFor);
}

async function createSubmission({ chunks, model, element }: VisitPort): Promise<Submission> {
  const { view, session, consent, accepted } = model;
  const { identifier, document, limits, hostConsents } = session.request!;
  const { locale, digest } = consent!;
  const { method } = chunks.autograph!;
  await askHost(view, element.beforeSign, { identifier, digest: document.digest, method });
  const made = await chunks.autograph!.make(limits);
  if (!made) throw view.problem('autograph-unreadable');
  const consents = hostConsents.map(({ id, digest: of }) => ({ id, digest: of, accepted: accepted.has(id) }));
  const given = { locale, digest, ...(consents.length > 0 && { consents }) };
  return { ...made, consent: given, viewed: model.viewed };
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
