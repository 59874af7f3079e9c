import { join } from 'node:path';
import type { ConservationAuthority, ConservationCertificate } from '../src/conservation/authority.ts';
import { createAdvance } from '../src/jobs/advance.ts';
import { createLog } from '../src/log.ts';
import type { Provider, SignedDocument, SigningOrder } from '../src/providers/provider.ts';
import { createChanges } from '../src/signing/changes.ts';
import { createDiskStore } from '../src/storage/disk.ts';
import { openSqliteStore } from '../src/storage/sqlite.ts';
import { createFolder } from './tools.ts';

/** A provider that fails as often as it is told to, and keeps what it was asked. */
class TroubledProvider implements Provider {
  readonly name = 'troubled';
  readonly orders: SigningOrder[] = [];
  failures: Error[] = [];
  repeats: Provider['repeats'] = 'key';

  async sign(order: SigningOrder): Promise<SignedDocument> {
    this.orders.push(order);
    const failure = this.failures.shift();
    if (failure) throw failure;
    return { document: Buffer.concat([order.document, Buffer.from(' signed')]), keyCertificate: Buffer.from('PEM') };
  }
}

/** Who conserves, once it is no longer failing. */
class TroubledConservation implements ConservationAuthority {
  readonly issuer = 'troubled';
  readonly accredited = false;
  failure: Error | undefined;

  async conserve(digest: string): Promise<ConservationCertificate> {
    if (this.failure) throw this.failure;
    return { response: Buffer.from(`conserved ${digest}`), issuedAt: new Date() };
  }
}

/** The jobs on real records and files, beside neighbours that can be told to fail. */
export const startTroubledJobs = async () => {
  const folder = createFolder();
  const store = await openSqliteStore(join(folder.path, 'records.sqlite'), () => new Date());
  const files = createDiskStore(join(folder.path, 'files'));
  const [provider, conservation, changes] = [new TroubledProvider(), new TroubledConservation(), createChanges()];
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line));
  const advance = createAdvance({ store, files, providerOf: () => provider, conservation, changes, log });
  const stop = async (): Promise<void> => {
    await store.close();
    folder.remove();
  };
  return { store, files, provider, conservation, changes, lines, advance, stop };
};
