import { listNotifications, listSignatories, type SignatoryState } from './api.ts';
import { createArrivals } from './timeline.ts';

const askEveryMs = 2_000;

const pause = () => new Promise((resolve) => setTimeout(resolve, askEveryMs));

/** Lists what the back end was told of this visit, and how far each signatory is, while the page is seen. */
export const followBackend = async (visit: string): Promise<void> => {
  const showArrivals = createArrivals();
  const showStates = (signatories: SignatoryState[]) => showSignatories(visit, signatories);
  for (;;) {
    if (!document.hidden) {
      await listNotifications(visit).then(showArrivals, () => {});
      await listSignatories(visit).then(showStates, () => {});
    }
    await pause();
  }
};

/** Each with the link of their own visit. */
const showSignatories = (visit: string, signatories: SignatoryState[]): void => {
  const items = signatories.map(({ id, name, state }) => {
    const item = document.createElement('li');
    const link = Object.assign(document.createElement('a'), { textContent: name, href: `/?visit=${id}` });
    if (id === visit) link.setAttribute('aria-current', 'page');
    const gist = Object.assign(document.createElement('span'), { className: 'gist', textContent: state });
    item.append(link, ' ', gist);
    return item;
  });
  document.getElementById('signatories')!.replaceChildren(...items);
};
