/** The service's address, as the demo host wrote it into the page. */
export const service: string = document.querySelector<HTMLMetaElement>('meta[name=service]')!.content;

/** A fresh token of this page's visit, from the host's back end, which knows who signs what. */
export const getToken = async (): Promise<string> => {
  const { token } = await post<{ token: string }>('/api/token', { visit: await visit });
  return token;
};

const post = async <T>(path: string, body: object): Promise<T> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} from ${path}`);
  return answer.json() as Promise<T>;
};

/** The visit in the address, so that a reload goes on with it; a new one where there is none. */
const openVisit = async (): Promise<string> => {
  const address = new URL(location.href);
  const id = address.searchParams.get('visit') ?? (await post<{ id: string }>('/api/visits', {})).id;
  address.searchParams.set('visit', id);
  history.replaceState(null, '', address);
  return id;
};

const visit = openVisit();
