import { AutographMethod, type SignaturePlace, type SigningRequest } from '@tu-esign/contract';

/** What the host demands of a visit; what it does not mention has its default. */
export const policyOf = ({ policy = {} }: SigningRequest) => ({
  autographs: [...new Set(policy.autographs ?? AutographMethod.options)],
  readAllPages: policy.readAllPages ?? false,
});

/** The document that a signatory is shown. */
export interface ShownDocument {
  pages: number;
  /** Where there is room for a signature; null where it was not looked for in this very document. */
  found: SignaturePlace | null;
}

/** Where the signature will be seen: where the host asks, else where there is room; undefined where nobody knows. */
export const placeOf = ({ placement }: Pick<SigningRequest, 'placement'>, { pages, found }: ShownDocument) => {
  if (!placement) return found ?? undefined;
  // Where that is, the document says when it is signed.
  if ('field' in placement) return undefined;
  const page = placement.page === -1 ? pages : placement.page;
  // A page that does not exist is refused when it is signed, not here.
  return page > pages ? undefined : { ...placement, page };
};
