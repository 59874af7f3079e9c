import type { ReadingModel } from './reading-model.ts';

/** What is wrong with the document, or how far it has been checked. */
export function stateView(model: ReadingModel) {
  const { view, session, messages, shown, problemView } = model;
  const { reading } = session;
  if (shown === 'signed') return view.nothing;
  // Told once, and where the signatory looks: beside the document.
  if (reading.problem && reading.problem === session.problem) return view.nothing;
  if (reading.problem)
    return problemView(reading.problem, reading.page ? messages.brokenPage(reading.page) : undefined);
  if (reading.state === 'checking') {
    const text = messages.checking(reading.checked, reading.pages);
    return progressView(model, { of: 'checked', text, value: reading.checked, max: reading.pages });
  }
  return reading.state === 'opening' ? fetchedView(model) : viewedView(model);
}

/** How much has come, on a slow line. */
function fetchedView(model: ReadingModel) {
  const { view, session, messages, locale } = model;
  const { fetched = 0 } = session.reading;
  const { bytes = 0 } = session.request?.document ?? {};
  if (fetched === 0 || fetched >= bytes) return view.nothing;
  const size = bytes < 1e6 ? 1e3 : 1e6;
  const unit = size === 1e3 ? 'kilobyte' : 'megabyte';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
  const text = messages.reading.fetched(format.format(fetched / size), format.format(bytes / size));
  return progressView(model, { of: 'fetched', text, value: fetched, max: bytes });
}

/** How many pages have been viewed, where the host wants all of them. */
function viewedView(model: ReadingModel) {
  const { view, session, messages, viewed } = model;
  const { request, reading, phase } = session;
  const isWanted = phase === 'reading' && request?.policy.readAllPages && reading.state === 'complete';
  if (!isWanted || viewed.length === reading.pages) return view.nothing;
  const text = messages.reading.viewed(viewed.length, reading.pages);
  return progressView(model, { of: 'viewed', text, value: viewed.length, max: reading.pages });
}

interface Progress {
  of: 'checked' | 'fetched' | 'viewed';
  text: string;
  value: number;
  max: number;
}

const progressView = ({ view }: ReadingModel, { of, text, value, max }: Progress) =>
  view.html`<p class="checking" data-of=${of}>
    ${text}
    <progress max=${max} value=${value} aria-label=${text}></progress>
  </p>`;
