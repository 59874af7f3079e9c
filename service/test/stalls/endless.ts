import { digestOf } from '#signing/digest.ts';
import { secret } from '../host-keys.ts';
import type { RunningService } from '../running-service.ts';
import type { TokenChanges } from '../tokens.ts';

/**
 * Each of its objects begins a text that nobody ends: the library that recovers files reads each to the end of the file.
 * That takes a thread longer than any test, unless the thread is ended.
 */
const endless = Buffer.from(
  `%PDF-1.7\n${Array.from({ length: 60_000 }, (_, index) => `${index + 9} 0 obj (\n`).join('')}`,
);

/** How the shop's tokens differ from the bank's. */
export const shop: TokenChanges = {
  claims: { iss: 'https://shop.example' },
  header: { alg: 'HS256', kid: undefined },
  key: new TextEncoder().encode(secret),
};

export const put = async (service: RunningService, pdf: Uint8Array, changes: TokenChanges = {}, signal?: AbortSignal) =>
  fetch(`${service.url}/v1/documents/${digestOf(pdf)}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await service.tokens.documents(changes)}`, 'content-type': 'application/pdf' },
    body: new Uint8Array(pdf),
    ...(signal && { signal }),
  });

/** Uploads that hold what they are given until they are let go. */
export const createHeldUploads = (service: RunningService) => {
  const left = new AbortController();
  const answered: number[] = [];
  let open = 0;
  return {
    /** How many are unanswered. */
    open: () => open,
    answered,
    begin(count: number, changes: TokenChanges = {}): void {
      for (let upload = 0; upload < count; upload += 1) {
        open += 1;
        put(service, endless, changes, left.signal)
          .then(({ status }) => answered.push(status))
          .catch(() => {})
          .finally(() => (open -= 1));
      }
    },
    leave: () => left.abort(),
  };
};
