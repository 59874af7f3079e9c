import type * as HarfBuzzModule from 'harfbuzzjs';

/** HarfBuzz, as its package exports it. */
export type HarfBuzz = typeof HarfBuzzModule;

let loaded: Promise<HarfBuzz> | undefined;

/**
 * Loads HarfBuzz when it is first needed. Its module awaits its WebAssembly: V8 may end the whole process ("Check failed:
 * !is_null()" in AsyncModuleExecutionFulfilled) where a thread is ended while modules that import such a one by `import … from`
 * are run.
 */
export const loadHarfBuzz = (): Promise<HarfBuzz> => (loaded ??= import('harfbuzzjs'));
