import type { PanelModel } from '../kit/model.ts';

/** What is wrong with the document, or how far it has been checked. */
export function stateView(model: PanelModel) {
  const { kit, session, messages, shown, panel } = model;
  const { reading } = session;
  if (shown === 'signed') return kit.nothing;
  // Told once, and where the signatory looks: beside the document.
  if (reading.problem && reading.problem === session.problem) return kit.nothing;
  if (reading.problem)
    return panel.problemView(model, reading.problem, reading.page ? messages.brokenPage(reading.page) : undefined);
  if (reading.state === 'checking') {
    const text = messages.checking(reading.checked, reading.pages);
    return progressView(model, { of: 'checked', text, value: reading.checked, max: reading.pages });
  }
  return reading.state === 'opening' ? fetchedView(model) : viewedView(model);
}

/** How much has come, on a slow line. */
function fetchedView(model: PanelModel) {
  const { kit, session, messages, locale } = model;
  const { fetched = 0 } = session.reading;
  const { bytes = 0 } = session.request?.document ?? {};
  if (fetched === 0 || fetched >= bytes) return kit.nothing;
  const size = bytes < 1e6 ? 1e3 : 1e6;
  const unit = size === 1e3 ? 'kilobyte' : 'megabyte';
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 });
  const text = messages.reading.fetched(format.format(fetched / size), format.format(bytes / size));
  return progressView(model, { of: 'fetched', text, value: fetched, max: bytes });
}

/** How many pages have been viewed, where the host wants all of them. */
function viewedView(model: PanelModel) {
  const { kit, session, messages, viewed } = model;
  const { request, reading, phase } = session;
  const isWanted = phase === 'reading' && request?.policy.readAllPages && reading.state === 'complete';
  if (!isWanted || viewed.length === reading.pages) return kit.nothing;
  const text = messages.reading.viewed(viewed.length, reading.pages);
  return progressView(model, { of: 'viewed', text, value: viewed.length, max: reading.pages });
}

interface Progress {
  of: 'checked' | 'fetched' | 'viewed';
  text: string;
  value: number;
  max: number;
}

const progressView = ({ kit }: PanelModel, { of, text, value, max }: Progress) =>
  kit.html`<p class="checking" data-of=${of}>
    ${text}
    <progress max=${max} value=${value} aria-label=${text}></progress>
  </p>`;
