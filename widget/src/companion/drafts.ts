import type { Place } from '../document/document-pane.ts';
import { decode, encode, fromBase64 } from './draft-encoding.ts';
import { openDraftFile, type DraftFile } from './draft-file.ts';

const hour = 3_600_000;

/** What a signatory has done of a visit, and may be given back. */
export interface Draft {
  /** As the part that takes it hands it out. */
  autograph: unknown;
  /** Digest of the consent text that was agreed to; null: not yet. */
  consented: string | null;
  /** Ids of the host's consents that were ticked. */
  accepted?: string[];
  place: Place | null;
}

/**
 * Keeps one visit's draft, encrypted (AES-256-GCM) and under a name that gives nothing away. Encryption and name
 * both come from the key that the service hands out with the request: without a token, a draft can neither be read
 * nor be recognised.
 */
export interface Drafts {
  /** Tells visits to the same request from others. */
  readonly name: string;
  load(): Promise<Draft | null>;
  save(draft: Draft): Promise<void>;
  discard(): Promise<void>;
  close(): void;
}

/**
 * Opens the drafts, and removes those of all visits that are older than an hour.
 * @returns null where the browser has no IndexedDB or WebCrypto for this page
 */
export async function openDrafts(draftKey: string, now: () => number = Date.now): Promise<Drafts | null> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null;
  try {
    const [lock, file] = [await createLock(draftKey), await openDraftFile()];
    await file.removeOlder(now() - hour);
    return createDrafts(lock, file, now);
  } catch {
    return null;
  }
}

interface Lock {
  key: CryptoKey;
  name: string;
}

async function createLock(draftKey: string): Promise<Lock> {
  const bytes = fromBase64(draftKey);
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const named = new TextEncoder().encode(`tu-esign draft\n${draftKey}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', named));
  return { key, name: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

function createDrafts({ key, name }: Lock, file: DraftFile, now: () => number): Drafts {
  // The name is authenticated with the draft: another visit's draft put in its place cannot be decrypted.
  const sealWith = (iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(name),
  });
  return {
    name,
    async load() {
      const sealed = await file.read(name);
      if (!sealed || sealed.savedAt < now() - hour) return null;
      return decode(await crypto.subtle.decrypt(sealWith(sealed.iv), key, sealed.data)) as Draft;
    },
    async save(draft) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt(sealWith(iv), key, await encode(draft));
      await file.write(name, { savedAt: now(), iv, data });
    },
    discard: () => file.remove(name),
    close: () => file.close(),
  };
}
