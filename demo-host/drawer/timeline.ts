import type { Arrival } from './api.ts';

const byId = (id: string): HTMLElement => document.getElementById(id)!;

/** Where something was seen: an event in the page, a webhook at the back end, or a press in this drawer. */
type Source = 'event' | 'webhook' | 'pressed';

interface Entry {
  source: Source;
  at: Date;
  name: string;
  /** The one thing worth seeing without opening the entry. */
  gist?: unknown;
  payload?: unknown;
}

const add = (parent: Element, tag: string, className: string, text = '') =>
  parent.appendChild(Object.assign(document.createElement(tag), { className, textContent: text }));

const toItem = ({ source, at, name, gist, payload }: Entry): HTMLLIElement => {
  const item = Object.assign(document.createElement('li'), { className: source });
  const details = item.appendChild(document.createElement('details'));
  const summary = details.appendChild(document.createElement('summary'));
  add(summary, 'span', 'source', source);
  add(summary, 'span', 'name', name);
  add(summary, 'span', 'gist', typeof gist === 'string' ? gist : '');
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  add(summary, 'time', 'at', time);
  add(details, 'pre', '', JSON.stringify(payload ?? {}, undefined, 2));
  item.dataset['at'] = String(at.getTime());
  return item;
};

/** Puts an entry where its time belongs: a webhook may be heard of after the event that it caused. */
const insert = (entry: Entry): void => {
  const list = byId('timeline');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  const after = [...list.children].findLast(
    (item) => Number((item as HTMLElement).dataset['at']) <= entry.at.getTime(),
  );
  const item = toItem(entry);
  if (after) after.after(item);
  else list.prepend(item);
  byId('timeline-count').textContent = String(list.children.length);
  if (atEnd) list.scrollTop = list.scrollHeight;
};

const eventNames = ['ready', 'progress', 'signed', 'declined', 'error', 'token-expiring'].map(
  (name) => `tu-esign-${name}` as const,
);

/** The payload of an event: its own properties, without `isTrusted`, which every event has. */
const payloadOf = (event: Event): Record<string, unknown> =>
  Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'isTrusted'));

const showEvent = (event: Event): void => {
  const payload = payloadOf(event);
  const gist = payload['stage'] ?? payload['problem'] ?? payload['reason'];
  insert({ source: 'event', at: new Date(), name: event.type, gist, payload });
};

/** Shows every event of the element as it comes. */
export const listEvents = (element: HTMLElement): void => {
  for (const name of eventNames) element.addEventListener(name, showEvent);
};

/** Shows what was pressed in the drawer. */
export const tellPress = (name: string): void => insert({ source: 'pressed', at: new Date(), name });

interface Told {
  type?: string;
  data?: { sequence?: { position: number; of: number } };
}

/** Shows webhooks that are new: each is given once, and stays open where somebody reads it. */
export const createArrivals = () => {
  const shown = new Set<string>();
  return (arrivals: Arrival[]): void => {
    for (const { at, id, body } of arrivals) {
      if (shown.has(id)) continue;
      shown.add(id);
      const { type, data } = Object(body) as Told;
      const place = data?.sequence && data.sequence.of > 1 ? `${data.sequence.position} of ${data.sequence.of}` : '';
      insert({
        source: 'webhook',
        at: new Date(at),
        name: String(type),
        gist: place,
        payload: { id, ...Object(body) },
      });
    }
  };
};
