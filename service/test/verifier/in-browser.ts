import { browserPorts } from '@tu-esign/verifier/ports/browser.ts';
import { judgeSamples, type Sample } from './judge-samples.ts';

/** What the bundle puts into the page. */
export type JudgeInBrowser = (samples: readonly Sample[]) => Promise<Record<string, string>>;

const judge: JudgeInBrowser = (samples) => judgeSamples(samples, browserPorts);
Object.assign(globalThis, { judge });
