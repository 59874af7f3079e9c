/** A key in a PKCS #11 token: the token's label, and the key's id (CKA_ID) as hexadecimal digits. */
export interface TokenKey {
  token: string;
  id: string;
}

const scheme = 'pkcs11:';

export const isTokenUri = (text: string): boolean => text.startsWith(scheme);

/** `pkcs11:token=…;id=%…;type=private` (RFC 7512, 2.3). */
export const formatTokenUri = ({ token, id }: TokenKey): string =>
  `${scheme}token=${encodeURIComponent(token)};id=${id.replaceAll(/../g, '%$&')};type=private`;

/** @throws RangeError where it does not name token and id */
export const parseTokenUri = (text: string): TokenKey => {
  const attributes = new Map(
    text
      .trim()
      .slice(scheme.length)
      .split(';')
      .map((attribute) => [attribute.slice(0, attribute.indexOf('=')), attribute.slice(attribute.indexOf('=') + 1)]),
  );
  const [token, id] = [attributes.get('token'), attributes.get('id')];
  if (!token || !id || !/^(?:%[\da-f]{2})+$/i.test(id))
    throw new RangeError('it names no token, or no id of a key in it');
  return { token: decodeURIComponent(token), id: id.replaceAll('%', '').toLowerCase() };
};
