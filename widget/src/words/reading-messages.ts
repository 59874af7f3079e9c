/** What the element says about reading the document, in one language. */
export interface ReadingMessages {
  /** Before the number of the page in view, which can be changed. */
  page: string;
  ofPages: (pages: number) => string;
  fitPage: string;
  thumbnails: string;
  search: string;
  searchFor: string;
  hits: (current: number, hits: number) => string;
  looking: string;
  noHits: string;
  noText: string;
  hitBefore: string;
  hitAfter: string;
  closeSearch: string;
  toSignature: string;
  /** What is written on the button: a word or two of the text above, so that voice control finds the button by it. */
  signature: string;
  signatureGoesHere: string;
  /** In a place of initials. */
  initials: string;
  /** On the button that leads from one place to the next. */
  places: (count: number) => string;
  /** Above the autograph in its place, while it is made. */
  preview: string;
  asText: string;
  /** What the text is for, and what it is not. */
  textAdvice: string;
  showPage: string;
  /** How much of the document has come; sizes as they are written in the language. */
  fetched: (part: string, whole: string) => string;
  viewed: (viewed: number, pages: number) => string;
  /** What is missing to sign; `pages` is a list of numbers. */
  toView: (pages: string, count: number) => string;
}
