const registered = new Set(['iss', 'aud', 'iat', 'exp', 'jti', 'scope', 'origin']);

const decode = (part: string): Record<string, unknown> => {
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.codePointAt(0)!,
  );
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
};

/** A token's parts, and what it asks to be signed. */
export const readToken = (token: string) => {
  const [header, claims] = token.split('.').slice(0, 2).map(decode) as [object, Record<string, unknown>];
  const request = Object.fromEntries(Object.entries(claims).filter(([name]) => !registered.has(name)));
  return { token: { header, claims }, request };
};

/** Shows the token that the element was given last, and the signing request in it. */
export const showToken = (token: string): void => {
  for (const [id, value] of Object.entries(readToken(token)))
    document.getElementById(id)!.textContent = JSON.stringify(value, undefined, 2);
};
