import type { TuEsign } from 'tu-esign';
import { readAskForm, watchAskForm } from '../drawer/ask-form.ts';
import { createVisit, fetchToken, findVisit, uploadAgreement, type Visit } from '../drawer/api.ts';
import { openDrawer } from '../drawer/drawer.ts';
import { followBackend } from '../drawer/follow.ts';
import { showToken } from '../drawer/show-token.ts';

const element = document.querySelector<TuEsign>('tu-esign')!;
const byId = (id: string): HTMLElement => document.getElementById(id)!;
const formById = (id: string) => byId(id) as HTMLFormElement;

/** The visit in the address, so that a reload goes on with it; a new one where there is none. */
const openVisit = async (): Promise<Visit> => {
  const asked = new URL(location.href).searchParams.get('visit');
  return (asked ? await findVisit(asked) : undefined) ?? createVisit({});
};

const remember = (visit: string): void => {
  const address = new URL(location.href);
  address.searchParams.set('visit', visit);
  history.replaceState(null, '', address);
};

const showVisit = ({ identifier, signatory }: Visit): void => {
  const names = [signatory['givenName'], signatory['paternalSurname']].filter(Boolean);
  byId('account').textContent = names.join(' ');
  document.querySelector('.avatar')!.textContent = names.map((name) => name?.[0]).join('');
  byId('identifier').textContent = identifier;
  const fields = formById('new-signing').elements;
  for (const [name, value] of Object.entries(signatory)) (fields.namedItem(name) as HTMLInputElement).value = value;
};

/** Uploads the agreement that was chosen, if any, and goes to the new visit's page. */
const startSigning = async (form: HTMLFormElement): Promise<void> => {
  const { pdf, signatories, ...given } = Object.fromEntries(new FormData(form));
  const asks = readAskForm();
  const chosen = pdf instanceof File && pdf.size > 0 ? await uploadAgreement(pdf) : undefined;
  const signatory = given as Record<string, string>;
  const digest = chosen && { digest: chosen.digest };
  const { id } = await createVisit({ signatory, signatories: Number(signatories), asks, ...digest });
  remember(id);
  location.reload();
};

const watchForm = (): void => {
  const form = formById('new-signing');
  const refusal = byId('refusal');
  const button = form.querySelector('button')!;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    refusal.hidden = button.disabled = true;
    startSigning(form).catch((error: Error) => {
      refusal.textContent = error.message;
      refusal.hidden = button.disabled = false;
    });
  });
};

openDrawer(element);
const opening = openVisit();
// All that a host's page has to do; at once, so that the element prepares itself while the back end looks the visit up.
element.getToken = async () => {
  const token = await fetchToken((await opening).id);
  showToken(token);
  return token;
};
element.handOff = async () => new URL(`/?visit=${(await opening).id}`, location.href).href;
const visit = await opening;
remember(visit.id);
showVisit(visit);
watchForm();
watchAskForm(visit.asks);
void followBackend(visit.id);
