import { X509Certificate } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { rfcOf, type Signatory } from '@tu-esign/contract';
import { element, printableString, sequence, setOf, utf8String, type Der } from '#asn1/der.ts';
import { oid } from '#asn1/object-identifiers.ts';

const part = (type: Der, value: Der): Der => setOf(sequence(type, value));

// X.520's upper bound of a common name is 64 characters; given name and surname carry the rest.
const commonName = (text: string): Der => part(oid.commonName, utf8String(Array.from(text).slice(0, 64).join('')));

/** A DER Name of one of the authority's own keys. */
export const authorityName = (organization: string, purpose: string): Der =>
  sequence(
    part(oid.country, printableString('MX')),
    part(oid.organization, utf8String(organization)),
    commonName(`${organization} ${purpose}`),
  );

/** A part of a certificate's subject, as it is read. */
export const subjectOf = (pem: string, part: 'CN' | 'O'): string => {
  const line = new RegExp(`^${part}=(.*)$`, 'm').exec(new X509Certificate(pem).subject);
  return (line?.[1] ?? '').replaceAll('\\', '');
};

/** Given name and surnames as they are said. */
export const fullName = ({ givenName, paternalSurname, maternalSurname }: Signatory): string =>
  [givenName, paternalSurname, maternalSurname].filter(Boolean).join(' ').normalize('NFC');

/** An address as certificates have it: the domain in ASCII (RFC 5280, 7.5). */
export const asciiAddress = (email: string): string => {
  const at = email.lastIndexOf('@') + 1;
  return email.slice(0, at) + domainToASCII(email.slice(at));
};

const surnames = ({ paternalSurname, maternalSurname }: Signatory): string =>
  [paternalSurname, maternalSurname].filter(Boolean).join(' ').normalize('NFC');

/**
 * The DER Name of a signatory: UTF8String (RFC 5280, 4.1.2.6), RFC in serialNumber, and the e-mail address
 * as the legacy attribute of PKCS #9 (an IA5String) besides the subjectAltName, for readers that show
 * nothing but the subject.
 */
export const signatoryName = (signatory: Signatory): Der => {
  const rfc = rfcOf(signatory);
  return sequence(
    ...(surnames(signatory) ? [part(oid.surname, utf8String(surnames(signatory)))] : []),
    part(oid.givenName, utf8String(signatory.givenName.normalize('NFC'))),
    ...(rfc ? [part(oid.serialNumber, rfcString(rfc))] : []),
    commonName(fullName(signatory)),
    part(oid.emailAddress, element(0x16, Buffer.from(asciiAddress(signatory.email), 'latin1'))),
  );
};

// X.520 wants a PrintableString, which has neither Ñ nor &.
const rfcString = (rfc: string): Der => (/[Ñ&]/u.test(rfc) ? utf8String(rfc) : printableString(rfc));
