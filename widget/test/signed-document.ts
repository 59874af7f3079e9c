/** What a signed document is like in the browser's tests: the signature is neither at its beginning nor at its end. */
export const signedDocument = {
  pages: 5,
  signature: { page: 4, rectangle: [320, 200, 520, 280] as [number, number, number, number] },
};
