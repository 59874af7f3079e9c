import type { Authority } from '#authority/authority.ts';
import type { Stamps } from '#authority/stamps.ts';
import type { Imprint } from '#pades/complete-signature.ts';
import type { PdfEngine } from '#pades/engine.ts';
import type { LastArchive } from '#pades/last-archive.ts';
import { archive, fieldNameOf, withoutRepeats } from './archive.ts';

export type { LastArchive };

export interface RenewalsOptions {
  engine: Pick<PdfEngine, 'archive' | 'readLastArchive'>;
  authority: Pick<Authority, 'longTermData'>;
  stamps: Stamps;
  /** Of what the new time-stamps are. */
  algorithm: Imprint['algorithm'];
}

/** A document that a time-stamp covers, and for which signing it is. */
export interface RenewalOrder {
  id: string;
  identifier: string;
  document: Uint8Array;
  last: LastArchive;
}

/** Renews time-stamps of documents before they end (PAdES B-LTA; EN 319 142-1, 5.4.3). */
export interface Renewals {
  /** Undefined where no time-stamp covers all of it. @throws Problem document-damaged, document-too-complex */
  read(document: Uint8Array): Promise<LastArchive | undefined>;
  /**
   * The document, byte for byte, with what verifies its last time-stamp when that has ended, and a new one over all of it.
   * @returns undefined where nobody stamps now
   * @throws where nobody stamps now either, and what @see Stamps throws
   */
  renew(order: RenewalOrder): Promise<Uint8Array | undefined>;
}

export const createRenewals = ({ engine, authority, stamps, algorithm }: RenewalsOptions): Renewals => ({
  read: (document) => engine.readLastArchive(document),
  async renew({ id, identifier, document, last }) {
    const own = await authority.longTermData();
    const lists = await stamps.listsOf(last.certificates);
    const data = {
      certificates: withoutRepeats([...last.certificates, ...own.certificates]),
      certificateLists: withoutRepeats([...own.certificateLists, ...lists]),
    };
    const fieldName = `${fieldNameOf(id)} archive ${last.stamps + 1}`;
    const timeStamp = async (imprint: Imprint) => (await stamps.stamp(imprint, { id, identifier }))?.token;
    return archive(engine, { document, fieldName, data, moreBytes: stamps.moreBytes }, { timeStamp, algorithm });
  },
});
