import type { DocumentPlace } from '@tu-esign/contract';
import { Fault } from '@tu-esign/verifier/pdf/fault.ts';
import { PdfArray, PdfDict, PdfStream } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { PdfRef, type PdfObject } from '@tu-esign/verifier/pdf/objects/object.ts';
import type { Page } from '@tu-esign/verifier/pdf/page-tree.ts';
import type { PdfFile } from '@tu-esign/verifier/pdf/pdf-file.ts';

/** A dictionary, or a stream's, that a document reaches. */
export interface Visited {
  dict: PdfDict;
  stream: PdfStream | undefined;
  place: DocumentPlace;
  /** Whether it is done without anybody asking for it: in /OpenAction, /AA, or what follows on these. */
  automatic: boolean;
}

interface Visitor {
  visit(visited: Visited): void;
  /** An object that is referred to and cannot be read. */
  unreadable(place: DocumentPlace): void;
}

interface Step {
  value: PdfObject;
  place: DocumentPlace;
  automatic: boolean;
}

/** What leads back, and perhaps to other pages: looked at last, so that what these hold is told of them. */
const leadsBack = new Set(['Parent', 'P', 'Popup', 'IRT']);

/** Actions that are done by themselves (ISO 32000-2, 12.6.3, 7.7.2, 12.4.4.2). */
const startsByItself = (key: string, dict: PdfDict, { catalog }: PdfFile): boolean =>
  key === 'AA' ||
  (key === 'OpenAction' && dict === catalog) ||
  ((key === 'NA' || key === 'PA') && !dict.has('Subtype'));

class Walk {
  readonly #file: PdfFile;
  readonly #visitor: Visitor;
  readonly #seen = new Set<PdfRef>();
  /** Apart: what was met as something that is clicked may be done by itself as well. */
  readonly #seenAutomatic = new Set<PdfRef>();
  readonly #steps: Step[] = [];
  readonly #later: Step[] = [];

  constructor(file: PdfFile, visitor: Visitor) {
    this.#file = file;
    this.#visitor = visitor;
  }

  /** Pages are walked one by one, and not from one another. */
  isPage(ref: PdfRef): void {
    this.#seen.add(ref);
    this.#seenAutomatic.add(ref);
  }

  from(value: PdfObject, place: DocumentPlace): void {
    this.#steps.push({ value, place, automatic: false });
    this.#run();
  }

  end(): void {
    this.#steps.push(...this.#later.splice(0));
    this.#run();
    if (this.#later.length > 0) this.end();
  }

  #run(): void {
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) this.#take(step);
  }

  #take(step: Step): void {
    const { value, place, automatic } = step;
    if (value instanceof PdfRef) return this.#follow(value, step);
    if (value instanceof PdfArray) for (const member of value.members()) this.#steps.push({ ...step, value: member });
    else if (value instanceof PdfStream) this.#enter({ dict: value.dict, stream: value, place, automatic });
    else if (value instanceof PdfDict) this.#enter({ dict: value, stream: undefined, place, automatic });
  }

  #follow(ref: PdfRef, { place, automatic }: Step): void {
    const seen = automatic ? this.#seenAutomatic : this.#seen;
    if (seen.has(ref)) return;
    seen.add(ref);
    const here = { ...place, object: ref.number };
    try {
      const value = this.#file.objects.lookup(ref);
      if (value) this.#steps.push({ value, place: here, automatic });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#visitor.unreadable(here);
    }
  }

  #enter(visited: Visited): void {
    this.#visitor.visit(visited);
    const { dict } = visited;
    for (const [key, value] of dict.entries()) {
      // Nobody draws the structure of a tagged document, and it may be larger than all the rest.
      if (key === 'StructTreeRoot' && dict === this.#file.catalog) continue;
      const automatic = startsByItself(key, dict, this.#file) || visited.automatic;
      if (leadsBack.has(key)) this.#later.push({ value, place: {}, automatic });
      else this.#steps.push({ value, place: visited.place, automatic });
    }
  }
}

/** Walks through all that a document reaches, page by page and then the rest, each object once. */
export const walkObjects = (file: PdfFile, pages: readonly Page[], visitor: Visitor): void => {
  const walk = new Walk(file, visitor);
  for (const { ref } of pages) walk.isPage(ref);
  for (const [index, { ref, dict }] of pages.entries()) walk.from(dict, { page: index + 1, object: ref.number });
  walk.from(file.catalogRef, {});
  walk.end();
};
