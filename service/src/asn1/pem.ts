/** DER as PEM text (RFC 7468), with a line feed at its end; a certificate where nothing else is said. */
export const toPem = (der: Uint8Array, label = 'CERTIFICATE'): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};

/** Every block of a text under one label, in its order. */
export const readPem = (text: string, label: string): Buffer[] =>
  Array.from(text.matchAll(new RegExp(`-----BEGIN ${label}-----([^-]+)-----END ${label}-----`, 'g')), ([, base64]) =>
    Buffer.from(base64!, 'base64'),
  );
