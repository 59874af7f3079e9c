import { appendFile, readFile } from 'node:fs/promises';

/** What the service told, and when it arrived (RFC 3339). */
interface Arrival {
  at: string;
  /** `webhook-id`: the same again when the service sends a notification a second time. */
  id: string;
  body: unknown;
}

/** Keeps what arrives, one JSON line each. */
export interface Notifications {
  /** Keeps a notification, unless one with its id is kept already. */
  keep(id: string, body: unknown): Promise<void>;
  /** The latest, oldest first. */
  list(): Promise<Arrival[]>;
}

const shown = 50;

export const openNotifications = async (path: string): Promise<Notifications> => {
  const read = async (): Promise<Arrival[]> => {
    const text = await readFile(path, 'utf8').catch(() => '');
    const lines = text.split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Arrival);
  };
  const known = new Set((await read()).map(({ id }) => id));
  return {
    async keep(id, body) {
      if (known.has(id)) return;
      const arrival: Arrival = { at: new Date().toISOString(), id, body };
      await appendFile(path, `${JSON.stringify(arrival)}\n`, { mode: 0o600 });
      known.add(id);
    },
    list: async () => (await read()).slice(-shown),
  };
};
