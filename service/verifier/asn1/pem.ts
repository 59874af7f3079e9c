/** One certificate as PEM text (RFC 7468, 5), with a line feed at its end. */
export const toPem = (der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

/** Every PEM block of a text, decoded, in its order. */
export const readPemBlocks = (text: string): Buffer[] =>
  [...text.matchAll(/-----BEGIN [A-Z0-9 ]+-----([^-]+)-----END/g)].map(([, base64]) => Buffer.from(base64!, 'base64'));

/** The first PEM block of a text, decoded. @throws Error where there is none */
export const fromPem = (text: string): Buffer => {
  const [first] = readPemBlocks(text);
  if (!first) throw new Error('There is no PEM block in the text');
  return first;
};
