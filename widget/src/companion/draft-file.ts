const databaseName = 'tu-esign';
const storeName = 'drafts';

/** What lies on the signatory's device: nothing in it can be read without the key of the visit. */
export interface Sealed {
  savedAt: number;
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** Drafts by their name, in IndexedDB. Every call may be refused: private windows, full disks. */
export interface DraftFile {
  read(name: string): Promise<Sealed | undefined>;
  write(name: string, sealed: Sealed): Promise<void>;
  remove(name: string): Promise<void>;
  names(): Promise<IDBValidKey[]>;
  /** Removes whatever was saved before. */
  removeOlder(than: number): Promise<void>;
  close(): void;
}

export async function openDraftFile(): Promise<DraftFile> {
  const opening = indexedDB.open(databaseName, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(storeName));
  const database = await answerOf(opening);
  const store = (mode: IDBTransactionMode) => database.transaction(storeName, mode).objectStore(storeName);
  return {
    read: (name) => answerOf(store('readonly').get(name) as IDBRequest<Sealed | undefined>),
    write: async (name, sealed) => void (await answerOf(store('readwrite').put(sealed, name))),
    remove: (name) => answerOf(store('readwrite').delete(name)),
    names: () => answerOf(store('readonly').getAllKeys()),
    removeOlder: (than) => removeOlder(store('readwrite'), than),
    close: () => database.close(),
  };
}

async function removeOlder(store: IDBObjectStore, than: number): Promise<void> {
  const request = store.openCursor();
  for (let cursor = await answerOf(request); cursor; cursor = await answerOf(request)) {
    if ((cursor.value as Sealed).savedAt < than) cursor.delete();
    cursor.continue();
  }
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result), { once: true });
    request.addEventListener('error', () => reject(request.error ?? new Error('refused')), { once: true });
  });
