import {
  claimsOf,
  nothingAsked,
  readAsks,
  samplePlacement,
  sampleWhere,
  type Asks,
  type PlaceName,
} from '../panel/asks.ts';
import { backEnd } from './snippets.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;
const form = () => byId('new-signing') as HTMLFormElement;
const input = (name: string) => form().elements.namedItem(name) as HTMLInputElement;
const chosen = () => form().elements.namedItem('place') as HTMLSelectElement;
const languageOf = (): string => (document.documentElement.lang === 'en' ? 'en' : 'es-MX');

/** What the drawer's form asks of the next signing, besides who signs what. */
export const readAskForm = (): Asks =>
  readAsks({
    place: chosen().value,
    where: input('where').value,
    initials: input('initials').checked,
    consents: input('consents').checked ? languageOf() : '',
  });

/** Words or a name are asked for only where the place is found by them. */
const showWhere = (): void => {
  const place = chosen().value as PlaceName;
  const where = input('where');
  where.closest('label')!.hidden = !(place in sampleWhere);
  where.placeholder = sampleWhere[place] ?? '';
};

/** A document of one's own has no place that this page knows of. */
const ownPlace = () => (input('pdf').files?.length ? undefined : samplePlacement);

const showCode = (): void => {
  const service = document.body.dataset['service']!;
  const claims = claimsOf(readAskForm(), ownPlace());
  byId('back-end').textContent = backEnd({ service, origin: location.origin, claims });
};

const show = (): void => {
  showWhere();
  showCode();
};

/** Shows what this visit asks, and keeps the code of the back end at what is chosen for the next. */
export const watchAskForm = (asked: Asks = nothingAsked): void => {
  chosen().value = asked.place;
  input('where').value = asked.where === sampleWhere[asked.place] ? '' : asked.where;
  input('initials').checked = asked.initials;
  input('consents').checked = asked.consents !== '';
  show();
  form().addEventListener('input', show);
};
