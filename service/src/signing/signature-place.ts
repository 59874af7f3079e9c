import type { SignaturePlace, SigningRequest } from '@tu-esign/contract';

export interface Shown {
  /** The pages of what is shown. */
  pages: number;
  /** Where the upload was found to be signed; null where it is not what is shown any more. */
  found: SignaturePlace | null;
}

/** Where the signature of a request will be seen: as the host asks, or as was found; undefined where nobody knows. */
export const placeOf = ({ placement }: Pick<SigningRequest, 'placement'>, { pages, found }: Shown) => {
  if (!placement) return found ?? undefined;
  const page = placement.page === -1 ? pages : placement.page;
  // Refused when it is signed.
  return page > pages ? undefined : { ...placement, page };
};
