import { TuEsign } from './element/tu-esign.ts';

// A visit begins when its place is in the page, so that an update may well cause the next one.
TuEsign.disableWarning?.('change-in-update');

// A page may carry the script twice, from two places: the first one wins, and the second must not throw.
if (!customElements.get('tu-esign')) customElements.define('tu-esign', TuEsign);

export type { TuEsign };
