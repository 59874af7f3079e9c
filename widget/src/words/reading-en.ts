import type { ReadingMessages } from './reading-messages.ts';

export const readingEn: ReadingMessages = {
  page: 'Page',
  ofPages: (pages) => `of ${pages}`,
  fitPage: 'Show the whole page',
  thumbnails: 'Page thumbnails',
  search: 'Search the document',
  searchFor: 'Text to find',
  hits: (current, hits) => `${current} of ${hits}`,
  looking: 'Searching…',
  noHits: 'No results',
  noText: 'This document is a picture: it has no text to search.',
  hitBefore: 'Previous result',
  hitAfter: 'Next result',
  closeSearch: 'Close search',
  toSignature: 'Go to your signature',
  signature: 'Your signature',
  signatureGoesHere: 'Your signature goes here',
  fetched: (part, whole) => `Downloading the document: ${part} of ${whole}`,
  viewed: (viewed, pages) => `Pages read: ${viewed} of ${pages}`,
  toView: (pages, count) => `read ${count === 1 ? 'page' : 'pages'} ${pages}`,
};
