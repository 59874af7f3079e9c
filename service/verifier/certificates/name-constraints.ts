import { toLatin1 } from '#bytes.ts';
import { oid } from '#asn1/object-identifiers.ts';
import { contentsOf, contextual, expectTag, split, splitWhole, tagOf, tags } from '#asn1/read.ts';
import type { Certificate } from './certificate.ts';
import { findExtension } from './extensions.ts';
import { isSelfIssued, toComparable, valuesOf } from './names.ts';

/** A GeneralName (RFC 5280, 4.2.1.6): its tag tells the form. */
type GeneralName = Uint8Array;

/** A form of names that can be held against a subtree: e-mail, host, directory. */
interface Form {
  tag: number;
  isWithin: (name: GeneralName, base: GeneralName) => boolean;
}

const rfc822Name = 0x81;
const dnsName = 0x82;
const directoryName = contextual(4);
/** Of these one kind is addresses as well (RFC 8398), which constraints of addresses are to be held against. */
const otherName = contextual(0);

/** What a name says; a control character in it would end it for others. @throws RangeError where there is one */
const readText = (name: GeneralName): string => {
  const text = toLatin1(contentsOf(name));
  if (/[^\x20-\x7e]/.test(text)) throw new RangeError('A name is no text of ASCII');
  return text;
};
const textOf = (name: GeneralName): string => readText(name).toLowerCase();

/** What stands before the host, in whatever case it is meant, and the host. @throws RangeError where there is none */
const splitAddress = (address: string): [string, string] => {
  const at = address.lastIndexOf('@');
  if (at === -1) throw new RangeError('An address has no host');
  return [address.slice(0, at), address.slice(at + 1).toLowerCase()];
};

/** The whole address, all of a host, or, with a full stop in front, all hosts below (RFC 5280, 4.2.1.10). */
const isMailWithin = (name: GeneralName, base: GeneralName): boolean => {
  const [[box, host], wanted] = [splitAddress(readText(name)), readText(base)];
  const [wantedBox, wantedHost] = wanted.includes('@') ? splitAddress(wanted) : [undefined, wanted.toLowerCase()];
  if (wantedBox !== undefined) return box === wantedBox && host === wantedHost;
  return wantedHost.startsWith('.') ? host.endsWith(wantedHost) : host === wantedHost;
};

const isHostWithin = (name: GeneralName, base: GeneralName): boolean => {
  const [host, wanted] = [textOf(name), textOf(base)];
  return wanted === '' || host === wanted || host.endsWith(wanted.startsWith('.') ? wanted : `.${wanted}`);
};

const isDirectoryWithin = (name: GeneralName, base: GeneralName): boolean => {
  const [own, wanted] = [name, base].map((general) => toComparable(split(general)[0]!));
  return wanted!.every((relative, place) => relative === own![place]);
};

const forms: readonly Form[] = [
  { tag: rfc822Name, isWithin: isMailWithin },
  { tag: dnsName, isWithin: isHostWithin },
  { tag: directoryName, isWithin: isDirectoryWithin },
];

const toGeneralName = (tag: number, text: string): GeneralName => {
  const octets = new TextEncoder().encode(text);
  if (octets.length > 0x7f) throw new RangeError('A name is too long to be held against constraints');
  return Uint8Array.of(tag, octets.length, ...octets);
};

/** The subject as a directoryName: [4] around it, its length written at length. */
const toDirectoryName = (subject: Uint8Array): GeneralName =>
  Uint8Array.of(
    directoryName,
    0x84,
    0,
    subject.length >> 16,
    (subject.length >> 8) & 0xff,
    subject.length & 0xff,
    ...subject,
  );

const host = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i;

/** All that names its subject; addresses and hosts count wherever they stand, as for openssl. */
const namesOf = (certificate: Certificate): GeneralName[] => {
  const { subject } = certificate;
  const value = findExtension(certificate, oid.subjectAltName);
  const alternatives = value ? splitWhole(value) : [];
  const hasHost = alternatives.some((name) => tagOf(name) === dnsName);
  const hosts = hasHost ? [] : valuesOf(subject, '2.5.4.3').filter((name) => host.test(name));
  return [
    ...alternatives,
    ...(split(subject).length ? [toDirectoryName(subject)] : []),
    ...valuesOf(subject, oid.emailAddress).map((address) => toGeneralName(rfc822Name, address)),
    ...hosts.map((name) => toGeneralName(dnsName, name)),
  ];
};

/** Bases of subtrees; distances are not to be used (RFC 5280, 4.2.1.10). */
const readBases = (subtrees: Uint8Array | undefined): GeneralName[] =>
  (subtrees ? split(subtrees) : []).map((subtree) => {
    const [base, ...distances] = split(expectTag(tags.sequence, subtree));
    if (!base || distances.length) throw new RangeError('A subtree has distances');
    return base;
  });

/** A form that is constrained and not known here allows nothing. */
const isWithin = (name: GeneralName, base: GeneralName): boolean | undefined =>
  forms.find(({ tag }) => tag === tagOf(name))?.isWithin(name, base);

const allows = (name: GeneralName, permitted: readonly GeneralName[], excluded: readonly GeneralName[]): boolean => {
  const ofItsForm = (bases: readonly GeneralName[]) => bases.filter((base) => tagOf(base) === tagOf(name));
  const [allowed, forbidden] = [ofItsForm(permitted), ofItsForm(excluded)];
  if (tagOf(name) === otherName && [...permitted, ...excluded].some((base) => tagOf(base) === rfc822Name)) return false;
  if (forbidden.some((base) => isWithin(name, base) !== false)) return false;
  return allowed.length === 0 || allowed.some((base) => isWithin(name, base) === true);
};

/**
 * Whether an authority's name constraints, where it has any, allow what lies below it (RFC 5280, 4.2.1.10), be they
 * critical or not.
 * @param below from the signer's up; of the others those that certify themselves are not held to them
 */
export const nameConstraintsAllow = (authority: Certificate, below: readonly Certificate[]): boolean => {
  try {
    const value = findExtension(authority, oid.nameConstraints);
    if (!value) return true;
    const members = splitWhole(value);
    const [permitted, excluded] = [0, 1].map((number) =>
      readBases(members.find((member) => tagOf(member) === contextual(number))),
    );
    const held = below.filter((certificate, place) => place === 0 || !isSelfIssued(certificate));
    return held.flatMap(namesOf).every((name) => allows(name, permitted!, excluded!));
  } catch {
    return false;
  }
};
