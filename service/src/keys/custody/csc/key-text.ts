/** A key behind a remote signer: where its API is, and which of its credentials. */
export interface CscKey {
  url: string;
  credential: string;
}

const scheme = 'csc:';

export const isCscText = (text: string): boolean => text.startsWith(scheme);

export const formatCscText = ({ url, credential }: CscKey): string =>
  `${scheme}url=${encodeURIComponent(url)};credential=${encodeURIComponent(credential)}`;

/** @throws RangeError where it does not name both */
export const parseCscText = (text: string): CscKey => {
  const [, url, credential] = /^csc:url=([^;]+);credential=([^;]+)$/.exec(text.trim()) ?? [];
  if (!url || !credential) throw new RangeError('it names no remote signer, or no credential of it');
  return { url: decodeURIComponent(url), credential: decodeURIComponent(credential) };
};
