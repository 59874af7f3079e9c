import { TuEsign } from './element/tu-esign.ts';

// A visit begins in `updated`, as its document needs a place in the page. That causes the next update, which Lit
// would warn of.
TuEsign.disableWarning?.('change-in-update');

// A page may carry the script twice, from two places: the first one wins, and the second must not throw.
if (!customElements.get('tu-esign')) customElements.define('tu-esign', TuEsign);

export type { TuEsign };
