import '../older-browsers.ts';
import { awaitBrotli, loadBrotli } from './brotli.ts';

// On the page's own thread no message can be held back.
if ('document' in globalThis) await loadBrotli();
else awaitBrotli();
