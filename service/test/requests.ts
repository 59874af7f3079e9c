import type { SigningRequestView, SigningView } from '@tu-esign/contract';
import { createForm } from './signing-form.ts';
import { origin } from './tokens.ts';

/** A service that is reached somewhere. */
interface Reached {
  url: string;
}

const pageHeaders = (token: string) => ({ authorization: `Bearer ${token}`, origin });

/** GET as the element does it. */
export const read = (service: Reached, path: string, token: string): Promise<Response> =>
  fetch(service.url + path, { headers: pageHeaders(token) });

/** Fetches what is to be signed, as the element does it to show it; where that is refused, nothing was shown. */
export const show = async (service: Reached, token: string): Promise<void> => {
  const response = await read(service, '/v1/signing-request', token);
  if (!response.ok) return;
  const { document } = (await response.json()) as SigningRequestView;
  await (await read(service, `/v1/documents/${document.digest}`, token)).arrayBuffer();
};

/** Posts the autograph and the consent alone. */
export const postUnseen = (service: Reached, token: string, form = createForm()): Promise<Response> =>
  fetch(`${service.url}/v1/signings`, { method: 'POST', headers: pageHeaders(token), body: form });

/** Posts the autograph and the consent once the document was shown, as the element does it. */
export const postSigning = async (service: Reached, token: string, form = createForm()): Promise<Response> => {
  await show(service, token);
  return postUnseen(service, token, form);
};

export const postDecline = (service: Reached, token: string, reason: string): Promise<Response> =>
  fetch(`${service.url}/v1/signings/decline`, {
    method: 'POST',
    headers: { ...pageHeaders(token), 'content-type': 'application/json' },
    body: JSON.stringify({ reason }),
  });

export const readRequest = async (service: Reached, token: string): Promise<SigningRequestView> => {
  const response = await read(service, '/v1/signing-request', token);
  if (response.status !== 200) throw new Error(`no view of the request: ${await response.text()}`);
  return (await response.json()) as SigningRequestView;
};

/** Every view of a signing's stream, until the service ends it. */
export const follow = async (service: Reached, id: string, token: string): Promise<SigningView[]> => {
  const response = await read(service, `/v1/signings/${id}/events`, token);
  const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('event: signing\n'));
  return events.map((event) => JSON.parse(event.slice('event: signing\ndata: '.length)) as SigningView);
};
