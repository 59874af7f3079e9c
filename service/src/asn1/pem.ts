/** One certificate as PEM text (RFC 7468, 5), with a line feed at its end. */
export const toPem = (der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

/** The first PEM block of a text, decoded. @throws Error where there is none */
export const fromPem = (text: string): Buffer => {
  const [, base64] = /-----BEGIN [A-Z ]+-----([^-]+)-----END/.exec(text) ?? [];
  if (!base64) throw new Error('There is no PEM block in the text');
  return Buffer.from(base64, 'base64');
};
