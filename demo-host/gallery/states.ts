import { hostConsents } from '../panel/asks.ts';

/** What a signatory does to get somewhere. */
export type Step =
  | 'read'
  | 'open-sheet'
  | 'draw'
  | 'draw-initials'
  | 'place-initials'
  | 'swipe'
  | 'type'
  | 'upload'
  | 'search'
  | 'hand-off'
  | 'show-thumbnails'
  | 'consent'
  | 'press-sign'
  | 'sign'
  | 'ask-decline'
  | 'write-reason'
  | 'decline';

/** One state of the element: what its token says to the scripted service, and what the signatory has done. */
export interface State {
  name: string;
  title: string;
  /** Claims the scripted service heeds, besides the signing request; none for a page without a token. */
  claims: Record<string, unknown> | null;
  /** Claims in the words of the host, who knows the signatory's language. */
  inLanguage?: (language: string) => Record<string, unknown>;
  /** Which of the gallery's documents. */
  document?: 'agreement' | 'long' | 'incomplete' | 'unreadable';
  steps?: readonly Step[];
  /** Selectors: what the element contains once it has reached the state, and what it no longer contains. */
  arrived: readonly string[];
  without?: string;
}

const signing = ['draw', 'consent', 'sign'] as const;
const stage = (name: string, title: string, stopAt: string, place: number): State => ({
  name,
  title,
  claims: { stopAt },
  steps: signing,
  arrived: [`.stages :nth-child(${place}).now`],
});
/** When signed.pdf was signed, as its stamp says; `npm run signed` makes another. */
const signedAt = '2026-11-28T16:17:53.000Z';
const done = (name: string, title: string, claims: Record<string, unknown>): State => ({
  name,
  title,
  claims: { signedAt, ...claims },
  steps: signing,
  arrived: ['.evidence a', '.badge', '.page canvas'],
  without: '.place',
});
const refused = (type: string, status: number, title: string): State => ({
  name: `problem-${type}`,
  title,
  claims: { problem: { type, status } },
  arrived: [`[data-problem=${type}]`],
});
const notSent = (type: string, status: number, title: string): State => ({
  name: `problem-${type}`,
  title,
  claims: { problem: { type, status, at: 'signings' } },
  steps: signing,
  arrived: [`[data-problem=${type}]`],
});

const form = ['[part=sign-button]', '.page canvas'];
/** The document may be read, and is being gone through. */
const unread = '.checking';

/** Every state of the element, in the order in which a signatory may meet them. */
export const states: readonly State[] = [
  { name: 'waiting', title: 'The page has not given a token yet', claims: null, arrived: ['.loading'] },
  { name: 'loading', title: 'Opening the document', claims: { silentAt: 'signing-request' }, arrived: ['.loading'] },
  {
    name: 'opening',
    title: 'The form is there, the document is on its way',
    claims: { silentAt: 'document' },
    arrived: ['[part=sign-button]'],
  },
  {
    name: 'checking',
    title: 'Pages are being checked',
    claims: {},
    document: 'long',
    arrived: ['.checking', '.page canvas'],
  },
  { name: 'reading', title: 'To be read and signed', claims: {}, arrived: [...form, '.place'], without: unread },
  { name: 'inked', title: 'Drawn, consent is missing', claims: {}, steps: ['draw'], arrived: form, without: unread },
  {
    name: 'signing-sheet',
    title: 'On a phone, where to sign',
    claims: {},
    steps: ['read', 'open-sheet'],
    arrived: form,
    without: unread,
  },
  {
    name: 'little-ink',
    title: 'A line as of a thumb that scrolls, which is no autograph',
    claims: {},
    steps: ['swipe', 'consent'],
    arrived: [...form, '.little'],
    without: unread,
  },
  {
    name: 'searching',
    title: 'A word was looked for in the document',
    claims: {},
    steps: ['read', 'search'],
    arrived: ['.search output:not(:empty)'],
  },
  {
    name: 'thumbnails',
    title: 'All pages beside the document, where there is room',
    claims: {},
    steps: ['read', 'show-thumbnails'],
    arrived: ['.thumbnails:not([hidden])'],
  },
  {
    name: 'handed-off',
    title: 'Going on with a phone',
    claims: {},
    steps: ['read', 'hand-off'],
    arrived: ['.code path'],
  },
  { name: 'typed', title: 'Signed by typing', claims: {}, steps: ['read', 'type'], arrived: ['.hand svg path'] },
  {
    name: 'uploading',
    title: 'Signed by a picture, which is still to be chosen',
    claims: { policy: { autographs: ['upload'] } },
    steps: ['read', 'open-sheet'],
    arrived: ['.picker'],
    without: unread,
  },
  {
    name: 'uploaded',
    title: 'Signed by a picture',
    claims: {},
    steps: ['read', 'upload'],
    arrived: ['canvas.uploaded'],
  },
  {
    name: 'read-all',
    title: 'All pages have to be seen first',
    claims: { policy: { readAllPages: true } },
    arrived: [...form, '[data-of=viewed]'],
  },
  {
    name: 'ready',
    title: 'Ready to sign',
    claims: {},
    steps: ['draw', 'consent'],
    arrived: ['[part=sign-button][aria-disabled=false]'],
  },
  {
    name: 'consents',
    title: 'The host asks for consents of its own',
    claims: {},
    inLanguage: (language) => ({ consents: hostConsents[language] ?? hostConsents['es-MX'] }),
    steps: ['draw', 'consent', 'press-sign'],
    arrived: [...form, '.host input'],
    without: unread,
  },
  {
    name: 'initials',
    title: 'Initials on every page, drawn once',
    claims: { initialsOn: [1, 2, 3] },
    steps: ['draw', 'draw-initials', 'place-initials', 'consent'],
    arrived: ['[part=sign-button][aria-disabled=false]', '.place.inked[data-kind=initials]'],
  },
  {
    name: 'places',
    title: 'The same autograph in several places',
    claims: { furtherPlaces: [{ page: 2, x: 320, y: 60, width: 200, height: 70 }] },
    steps: ['draw'],
    arrived: [...form, '.place.inked'],
    without: unread,
  },
  {
    name: 'in-turn',
    title: 'One of several signatories',
    claims: { sequence: { position: 2, of: 3 } },
    arrived: ['.sequence', '.page canvas'],
    without: unread,
  },
  {
    name: 'declining',
    title: 'The question before declining',
    claims: {},
    steps: ['ask-decline'],
    arrived: ['dialog[open]', '.page canvas'],
    without: unread,
  },
  { name: 'sending', title: 'Sending', claims: { silentAt: 'signings' }, steps: signing, arrived: ['.stages .now'] },
  stage('accepted', 'Received', 'accepted', 2),
  stage('signing', 'Signing the document', 'submitting', 3),
  { ...stage('review', 'In review', 'review', 3), arrived: ['.stages + p'] },
  done('done', 'Signed, everything is issued', {}),
  done('done-accredited', 'Signed, conserved by an accredited authority', {
    accredited: true,
    issuer: 'Prestador de Ejemplo',
  }),
  done('done-pending', 'Signed, certificates are on their way', { stopAt: 'signed' }),
  done('done-failed', 'Signed, one output could not be issued', { conservation: 'failed' }),
  done('done-later', 'Signed, others have yet to sign', { conservation: 'later', sequence: { position: 1, of: 3 } }),
  {
    name: 'declined',
    title: 'Declined',
    claims: {},
    steps: ['ask-decline', 'write-reason', 'decline'],
    arrived: ['.declined'],
  },
  {
    ...refused('request-withdrawn', 410, 'Withdrawn by the host'),
    name: 'withdrawn',
  },
  refused('not-your-turn', 409, 'Somebody else signs first'),
  {
    name: 'offline',
    title: 'The line is down',
    claims: { cutAt: 'signings' },
    steps: signing,
    arrived: ['.offline'],
  },
  notSent('token-expired', 401, 'The session is over'),
  notSent('autograph-empty', 422, 'The autograph did not arrive'),
  refused('already-declined', 409, 'Declined by somebody before'),
  refused('origin-mismatch', 403, 'This page may not ask'),
  refused('token-claims', 401, 'The token does not hold'),
  refused('signing-not-found', 404, 'No such signing'),
  { name: 'problem-token-source', title: 'The page gives no token', claims: { refuses: true }, arrived: ['.problem'] },
  {
    name: 'problem-page-incomplete',
    title: 'A page could not be drawn whole',
    claims: {},
    document: 'incomplete',
    arrived: ['[data-problem=page-incomplete]'],
  },
  {
    name: 'problem-document-unreadable',
    title: 'The document cannot be opened',
    claims: {},
    document: 'unreadable',
    arrived: ['[data-problem=document-unreadable]'],
  },
  {
    name: 'problem-document-altered',
    title: 'The document is another one',
    claims: { alter: true },
    arrived: ['[data-problem=document-altered]'],
  },
  {
    name: 'problem-signing-failed',
    title: 'The document could not be signed',
    claims: { stopAt: 'failed' },
    steps: signing,
    arrived: ['[data-problem=signing-failed]'],
  },
];
