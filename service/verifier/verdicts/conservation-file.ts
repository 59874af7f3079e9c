import { toLatin1 } from '#bytes.ts';
import { isPdf, unwrapBase64 } from '#asn1/armour.ts';
import { toWholeDer } from '#asn1/ber.ts';
import { readPemBlocks } from '#asn1/pem.ts';
import { holdsPrivateKey } from '#asn1/private-key.ts';
import { readElement, readMembers, type Element } from '#asn1/read.ts';
import type { ConservationForm } from './findings.ts';

/** A file that was handed over as a conservation certificate, and what it looks like. */
export interface ConservationFile {
  form: ConservationForm;
  /** Without PEM or base64. */
  der: Uint8Array;
}

/** Of each form, without PEM or base64. */
export const conservationMediaTypes: Record<ConservationForm, string> = {
  // RFC 3161, 3.4; RFC 7193, 3
  response: 'application/timestamp-reply',
  token: 'application/cms; encapsulatedContent=tSTInfo',
  pdf: 'application/pdf',
  'nom-151-2002': 'application/octet-stream',
  'private-key': 'application/octet-stream',
  unknown: 'application/octet-stream',
};

const sequence = 0x30;
const isText = ({ tag }: Element): boolean => [0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1e].includes(tag);
const isTime = ({ tag }: Element): boolean => tag === 0x17 || tag === 0x18;

const namesItself = (der: Uint8Array, [first]: Element[]): boolean =>
  first !== undefined && (isText(first) || (first.tag === sequence && readMembers(der, first).some(isText)));

/**
 * The Constancia of NOM-151-SCFI-2002: the file's name, the expediente, which has a name itself, a time, the
 * provider's identification and signature. It is no RFC 3161, and was replaced in 2016.
 */
const isOldConstancia = (der: Uint8Array, members: Element[]): boolean => {
  const inside = members.slice(1).filter(({ tag }) => tag === sequence);
  const named = inside.some((member) => namesItself(der, readMembers(der, member)));
  const dated = members.some(isTime) || inside.some((member) => readMembers(der, member).some(isTime));
  return members.length >= 4 && isText(members[0]!) && named && dated;
};

const formOf = (der: Uint8Array): ConservationForm => {
  const members = readMembers(der, readElement(der));
  const [first] = members;
  // A status, or the content type of a CMS; whether it holds is found out by verifying it.
  if (first?.tag === sequence && readMembers(der, first)[0]?.tag === 0x02) return 'response';
  if (first?.tag === 0x06) return 'token';
  return isOldConstancia(der, members) ? 'nom-151-2002' : 'unknown';
};

/** Some authorities write BER, in which lengths are found by reading on. */
const toDer = (source: Uint8Array): Uint8Array => {
  try {
    return toWholeDer(source);
  } catch {
    return source;
  }
};

/** Tells what a file is that should be a conservation certificate, in PEM or base64 or not. Never throws. */
export const readConservationFile = (file: Uint8Array): ConservationFile => {
  const { content } = unwrapBase64(file);
  if (isPdf(content)) return { form: 'pdf', der: content };
  const der = toDer(readPemBlocks(toLatin1(content))[0] ?? content);
  try {
    const form = formOf(der);
    return { form: form === 'unknown' && holdsPrivateKey(file) ? 'private-key' : form, der };
  } catch {
    return { form: holdsPrivateKey(file) ? 'private-key' : 'unknown', der };
  }
};
