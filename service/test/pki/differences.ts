/** Whose verdict on which cases is another one than ours, and why: all of them, in one table. */
export interface Difference {
  judge: 'openssl' | 'poppler' | 'pyHanko';
  reason: string;
  cases: readonly string[];
}

export const differences: readonly Difference[] = [
  {
    judge: 'openssl',
    reason: 'it is asked for certificates of e-mail, and knows no other way to sign; asked for any purpose it says yes',
    cases: ['a signatory with any purpose', 'a signatory with the purpose of documents'],
  },
  {
    judge: 'openssl',
    reason: 'it tries one issuer of a name, and goes back on no way',
    cases: ['two authorities of one name, the wrong one first', 'a certificate across, and one that nobody believes'],
  },
  {
    judge: 'openssl',
    reason: 'it knows network addresses; nobody signs documents by them',
    cases: ['name constraints permit addresses of a kind that is not known here'],
  },
  {
    judge: 'openssl',
    reason: 'it looks at policies only where it is told to',
    cases: ['an authority that demands a policy'],
  },
  {
    judge: 'openssl',
    reason: 'the use of a root’s key is enough for it',
    cases: ['a root that says nothing of being an authority'],
  },
  {
    judge: 'openssl',
    reason: 'an authority may do whatever its key may, for it',
    cases: ['an authority that signs itself', 'a time-stamp by an authority of certificates'],
  },
  {
    judge: 'openssl',
    reason: 'what is weak passes at the level of security that it is built with',
    cases: [
      'a key of 1024 bits',
      'a curve of 192 bits',
      'a certificate signed with SHA-1',
      'a root of 1024 bits',
      'an authority of 1024 bits',
      'signed with SHA-1',
      'signed with MD5',
      'a time-stamp over a digest by SHA-1',
      'a time-stamp signed with SHA-1',
    ],
  },
  {
    judge: 'openssl',
    reason: 'what names the certificate is looked at for CAdES alone, and a signature without attributes passes for it',
    cases: ['CMS: no signed attributes', 'CMS: another certificate named, in the older form'],
  },
  {
    judge: 'openssl',
    reason: 'it does not compare types of content, nor ask that it be plain data',
    cases: ['CMS: another content type', 'CMS: the content type of a time-stamp throughout'],
  },
  {
    judge: 'openssl',
    reason: 'what is inside is what was signed, for it; the document is then not',
    cases: ['CMS: the document inside as well'],
  },
  {
    judge: 'openssl',
    reason: 'it takes the digest that is named beside the signature, whatever the signature names',
    cases: ['CMS: one digest for the content, another for the signature'],
  },
  {
    judge: 'openssl',
    reason: 'it is given the CMS alone, and not the form that the PDF says it is in',
    cases: ['CMS: the form before CMS', 'CMS: a form that nobody knows'],
  },
  {
    judge: 'openssl',
    reason: 'it judges a time-stamp without the signature that it is on',
    cases: ['a time-stamp by the signatory’s key, with another certificate'],
  },
  {
    judge: 'openssl',
    reason: 'it does not compare genTime with the time that it is',
    cases: ['a time-stamp from tomorrow'],
  },
  {
    judge: 'openssl',
    reason: 'it does not look at the version of SignedData',
    cases: ['a time-stamp of another version'],
  },
  {
    judge: 'poppler',
    reason: 'NSS does not know the curve',
    cases: ['a key of secp256k1'],
  },
  {
    judge: 'poppler',
    reason: 'NSS is asked for certificates of e-mail',
    cases: ['a signatory with any purpose', 'a signatory with the purpose of documents'],
  },
  {
    judge: 'poppler',
    reason: 'NSS compares names letter by letter',
    cases: ['name constraints permit its directory', 'an issuer’s name in other letters and spaces'],
  },
  {
    judge: 'poppler',
    reason: 'NSS knows network addresses; nobody signs documents by them',
    cases: ['name constraints permit addresses of a kind that is not known here'],
  },
  {
    judge: 'poppler',
    reason: 'what is trusted in its store is trusted to certify, and not itself',
    cases: ['one that is believed itself'],
  },
  {
    judge: 'poppler',
    reason: 'it holds certificates to the time that the signature claims, or to none',
    cases: ['an issuer that is not valid yet', 'a certificate that is not valid yet'],
  },
  {
    judge: 'poppler',
    reason: 'NSS does not look at the extensions of a root that it is told to trust',
    cases: ['a root with an unknown critical extension', 'a root that says nothing of being an authority'],
  },
  {
    judge: 'poppler',
    reason: 'NSS takes the first of an extension, and the algorithm outside',
    cases: ['one algorithm inside, another outside', 'an extension twice'],
  },
  {
    judge: 'poppler',
    reason: 'NSS lets authorities sign',
    cases: ['an authority that signs itself'],
  },
  {
    judge: 'poppler',
    reason: 'NSS lets it pass',
    cases: [
      'a key of 1024 bits',
      'a certificate signed with SHA-1',
      'a root of 1024 bits',
      'an authority of 1024 bits',
      'signed with SHA-1',
    ],
  },
  {
    judge: 'poppler',
    reason: 'it does not look at what names the certificate',
    cases: [
      'CMS: no signed attributes',
      'CMS: no certificate named',
      'CMS: both versions, of two certificates',
      'CMS: another certificate named',
      'CMS: another certificate named, in the older form',
      'CMS: another issuer and number named',
      'CMS: two certificates named in two attributes',
    ],
  },
  {
    judge: 'poppler',
    reason: 'it does not look at types of content',
    cases: ['CMS: no content type', 'CMS: another content type', 'CMS: the content type of a time-stamp throughout'],
  },
  {
    judge: 'poppler',
    reason: 'it looks for certificates by issuer and number alone',
    cases: ['CMS: the signer by the key’s identifier'],
  },
  {
    judge: 'poppler',
    reason: 'it reads of what is inside only what it needs',
    cases: ['CMS: a certificate inside that cannot be read'],
  },
  {
    judge: 'poppler',
    reason: 'it looks at no time-stamp',
    cases: [
      'a time-stamp of something else',
      'a time-stamp over a digest by SHA-1',
      'a time-stamp signed with SHA-1',
      'a time-stamp by a signatory',
      'a time-stamp by a certificate of several purposes',
      'a time-stamp by a certificate of any purpose',
      'a time-stamp by a certificate whose purpose is not critical',
      'a time-stamp by a certificate that also encrypts',
      'a time-stamp by a certificate that does not sign',
      'a time-stamp by an authority of certificates',
      'a time-stamp by the signatory’s key, with another certificate',
      'a time-stamp from tomorrow',
      'a time-stamp by an authority that had expired',
      'a time-stamp by nobody that is believed',
      'a time-stamp that names no certificate',
      'a time-stamp that names another certificate',
      'a time-stamp of another content type',
      'a time-stamp of another version',
      'a time-stamp by a key’s identifier',
      'a time-stamp whose signature was altered',
      'a time-stamp with another content inside',
      'a time-stamp without signed attributes',
      'two time-stamps, one of something else',
    ],
  },
  {
    judge: 'poppler',
    reason: 'it holds certificates to the time that it is, as it looks at no time-stamp',
    cases: ['a certificate that has expired since its time-stamp'],
  },
  {
    judge: 'pyHanko',
    reason: 'it demands that a signatory’s certificate says what its key is for',
    cases: ['a signatory with no extension', 'a signatory with no use of its key'],
  },
  {
    judge: 'pyHanko',
    reason: 'it compares hosts letter by letter',
    cases: ['name constraints permit one address'],
  },
  {
    judge: 'pyHanko',
    reason: 'a root is a name and a key, for it, as RFC 5280 allows; what its certificate says is not looked at',
    cases: [
      'a root’s own constraints count',
      'more authorities than the root allows',
      'a root that has expired',
      'a root with an unknown critical extension',
      'a root that is a signatory',
      'a root that says nothing of being an authority',
      'the root that signs itself',
    ],
  },
  {
    judge: 'pyHanko',
    reason: 'it is not told which purposes count',
    cases: [
      'an issuer that certifies servers alone',
      'a signatory’s certificate for server',
      'a signatory’s certificate for client',
      'a signatory’s certificate for code',
      'a signatory’s certificate for timeStamping',
      'a time-stamp by the signatory',
    ],
  },
  {
    judge: 'pyHanko',
    reason: 'it takes what it reads first',
    cases: [
      'an issuer whose path length is below nothing',
      'an issuer with the constraints twice',
      'one algorithm inside, another outside',
      'an extension twice',
    ],
  },
  {
    judge: 'pyHanko',
    reason: 'it has other limits of what is weak',
    cases: ['a curve of 192 bits', 'a time-stamp over a digest by SHA-1'],
  },
  {
    judge: 'pyHanko',
    reason: 'it knows Ed25519',
    cases: ['signed with Ed25519'],
  },
  {
    judge: 'pyHanko',
    reason: 'it does not demand that a certificate is named, and looks at the first attribute that names one',
    cases: [
      'CMS: no signed attributes',
      'CMS: no certificate named',
      'CMS: both versions, of two certificates',
      'a time-stamp that names no certificate',
      'a time-stamp without signed attributes',
    ],
  },
  {
    judge: 'pyHanko',
    reason: 'it demands that the signature’s algorithm is named',
    cases: ['CMS: the key’s algorithm in place of the signature’s'],
  },
  {
    judge: 'pyHanko',
    reason: 'it demands that the purpose is there, not that it is critical and alone, and looks at no other use',
    cases: [
      'a time-stamp by a certificate of several purposes',
      'a time-stamp by a certificate whose purpose is not critical',
      'a time-stamp by a certificate that also encrypts',
      'a time-stamp by a certificate that does not sign',
      'a time-stamp by an authority of certificates',
    ],
  },
  {
    judge: 'pyHanko',
    reason: 'it does not compare who stamped and who signed',
    cases: ['a time-stamp by the signatory’s key, with another certificate'],
  },
  {
    judge: 'pyHanko',
    reason: 'it does not compare genTime with the time that it is',
    cases: ['a time-stamp from tomorrow'],
  },
  {
    judge: 'pyHanko',
    reason: 'it knows key identifiers in time-stamps as well',
    cases: ['a time-stamp by a key’s identifier'],
  },
  {
    judge: 'pyHanko',
    reason: 'asked for the present, it makes no use of time-stamps',
    cases: ['a certificate that has expired since its time-stamp'],
  },
  {
    judge: 'pyHanko',
    reason: 'it looks at the first time-stamp alone',
    cases: ['two time-stamps, one of something else'],
  },
];
