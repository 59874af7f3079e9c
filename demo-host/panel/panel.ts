import { listNotifications, listSignatories } from './api.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;

interface Entry {
  at: Date;
  name: string;
  /** The one thing worth seeing without opening the entry. */
  gist: unknown;
  payload: unknown;
}

const toItem = ({ at, name, gist, payload }: Entry): HTMLLIElement => {
  const item = document.createElement('li');
  const details = item.appendChild(document.createElement('details'));
  const summary = details.appendChild(document.createElement('summary'));
  add(summary, 'span', 'name').textContent = name;
  add(summary, 'span', 'gist').textContent = typeof gist === 'string' ? gist : '';
  add(summary, 'time', 'at').textContent = at.toLocaleTimeString('en-GB');
  details.append(Object.assign(document.createElement('pre'), { textContent: JSON.stringify(payload, null, 2) }));
  return item;
};

const add = (parent: Element, tag: string, className: string) =>
  parent.appendChild(Object.assign(document.createElement(tag), { className }));

const eventNames = ['ready', 'progress', 'signed', 'declined', 'error', 'token-expiring'].map(
  (name) => `tu-esign-${name}` as const,
);

/** The payload of an event: its own properties, without `isTrusted`, which every event has. */
const payloadOf = (event: Event): Record<string, unknown> =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'isTrusted'));

/** Lists every event of the element as it comes. */
export const listEvents = (element: HTMLElement): void => {
  const list = byId('events');
  const show = (event: Event) => {
    const payload = payloadOf(event);
    const gist = payload['stage'] ?? payload['problem'] ?? payload['reason'];
    list.append(toItem({ at: new Date(), name: event.type, gist, payload }));
    byId('event-count').textContent = String(list.children.length);
    list.scrollTop = list.scrollHeight;
  };
  for (const name of eventNames) element.addEventListener(name, show);
};

const askEveryMs = 3_000;

/** Lists what the back end was notified of, and how far each signatory is, while the page is seen. */
export const followBackend = async (visit: string): Promise<void> => {
  for (;;) {
    if (!document.hidden) {
      await listNotifications().then(showNotifications, () => {});
      await listSignatories(visit).then(
        (signatories) => showSignatories(visit, signatories),
        () => {},
      );
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
};

/** Each with the link of their own visit. */
const showSignatories = (visit: string, signatories: Awaited<ReturnType<typeof listSignatories>>): void => {
  byId('signatories').replaceChildren(
    ...signatories.map(({ id, name, state }) => {
      const item = document.createElement('li');
      const link = Object.assign(document.createElement('a'), { textContent: name, href: `/?visit=${id}` });
      if (id === visit) link.setAttribute('aria-current', 'page');
      item.append(link, ' ');
      add(item, 'span', 'gist').textContent = state;
      return item;
    }),
  );
};

const showNotifications = (arrivals: Awaited<ReturnType<typeof listNotifications>>): void => {
  const list = byId('notifications');
  // With nothing new, the list is left alone: an entry that somebody has opened to read would close.
  if (list.children.length === arrivals.length) return;
  list.replaceChildren(
    ...arrivals.map(({ at, id, body }) => {
      const { type, data } = Object(body);
      return toItem({ at: new Date(at), name: String(type), gist: data?.identifier, payload: { id, ...Object(body) } });
    }),
  );
  byId('notification-count').textContent = String(arrivals.length);
};
