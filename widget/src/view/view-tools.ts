import { html, nothing, render, svg, type TemplateResult } from 'lit';
import { ElementProblem, isRetryable } from '../host/element-problem.ts';
import { icon } from './icons.ts';
import type { AnyProblemType } from '../host/problem-type.ts';
import { within } from '../visit/within.ts';

/**
 * What a view is made with. Panel and document come in chunks of their own, which are handed the view rather than
 * importing Lit: Lit lies in the entry, and a chunk that imports the entry loads it a second time wherever
 * a page's script tag spells its address differently.
 */
export interface ViewTools {
  html: typeof html;
  svg: typeof svg;
  nothing: typeof nothing;
  render: typeof render;
  icon: (path: string) => TemplateResult;
  isRetryable: typeof isRetryable;
  within: typeof within;
  problem: (type: AnyProblemType, detail?: string) => Error;
}

const problem: ViewTools['problem'] = (type, detail) => new ElementProblem(type, { detail });

export const view: ViewTools = { html, svg, nothing, render, icon, isRetryable, within, problem };
