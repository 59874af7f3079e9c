import { decodeWithin, mostOperations, Unsure, type Budget } from './content-budget.ts';
import { readOperations, type Operand, type Operation } from './content-tokens.ts';
import {
  boxFromNumbers,
  boxOf,
  intersect,
  multiply,
  transform,
  transformBox,
  type Box,
  type Point,
} from '@tu-esign/verifier/pdf/geometry.ts';
import { initialText, type GraphicsState, type TextPosition } from './graphics-state.ts';
import {
  grow,
  isWhite,
  matrixOf,
  numbersOf,
  paints,
  pairsOf,
  rectangle,
  textOf,
  unitSquare,
  type Numbers,
} from './operands.ts';
import { PdfStream, type PdfDict } from '@tu-esign/verifier/pdf/objects/containers.ts';
import { dictAt, nameAt, numberAt, numbersAt } from '@tu-esign/verifier/pdf/objects/entries.ts';
import { fontExtent } from './text-extent.ts';

const deepest = 8;

export interface Scene {
  resources: PdfDict | undefined;
  boxes: Box[];
  budget: Budget;
  depth: number;
}

/** Walks through a content stream and notes the boxes of all that it may draw. */
export class Interpreter {
  readonly #scene: Scene;
  readonly #saved: GraphicsState[] = [];
  #state: GraphicsState;
  #text: TextPosition = initialText();
  #path: Point[][] = [];
  #clipNext = false;

  constructor(scene: Scene, state: GraphicsState) {
    this.#scene = scene;
    this.#state = state;
  }

  run(content: Uint8Array): void {
    for (const operation of readOperations(content)) {
      this.#scene.budget.operations += 1;
      if (this.#scene.budget.operations > mostOperations) throw new Unsure('The page draws too much');
      this.#perform(operation);
    }
  }

  #perform({ operator, operands }: Operation): void {
    this.#graphics(operator, operands);
    this.#paths(operator, numbersOf(operands));
    this.#texts(operator, operands);
  }

  #graphics(operator: string, operands: Operand[]): void {
    const state = this.#state;
    if (operator === 'q') this.#saved.push({ ...state });
    else if (operator === 'Q') this.#state = this.#saved.pop() ?? state;
    else if (operator === 'cm') state.matrix = multiply(matrixOf(operands), state.matrix);
    else if (operator === 'w') state.lineWidth = numbersOf(operands)[0] ?? 1;
    else if (['g', 'rg', 'k', 'sc', 'scn', 'cs'].includes(operator)) state.fillIsWhite = isWhite(operator, operands);
    else if (operator === 'Do') this.#drawObject(textOf(operands[0], 'name'));
    else if (operator === 'ID') this.#note(transformBox(state.matrix, unitSquare));
    else if (operator === 'sh') this.#note(state.clip);
    else if (operator === 'gs') this.#setState(textOf(operands[0], 'name'));
  }

  #setState(key: string): void {
    const states = this.#scene.resources && dictAt(this.#scene.resources, 'ExtGState');
    const state = states && dictAt(states, key);
    if (!state) return;
    this.#state.lineWidth = numberAt(state, 'LW') ?? this.#state.lineWidth;
    if (state.has('Font')) this.#state.font = undefined;
  }

  #paths(operator: string, numbers: Numbers): void {
    const points = pairsOf(numbers).map((point) => transform(this.#state.matrix, point));
    if (operator === 'm') this.#path.push(points);
    else if (operator === 're') this.#path.push(rectangle(this.#state.matrix, numbers));
    else if (['l', 'c', 'v', 'y'].includes(operator)) this.#lastSubpath().push(...points);
    else if (operator === 'h') this.#lastSubpath().push(...this.#lastSubpath().slice(0, 1));
    else if (operator === 'W' || operator === 'W*') this.#clipNext = true;
    else if (paints.has(operator)) this.#paint(operator);
  }

  #lastSubpath(): Point[] {
    if (!this.#path.length) this.#path.push([]);
    return this.#path.at(-1)!;
  }

  #paint(operator: string): void {
    const { fills, strokes } = paints.get(operator)!;
    for (const points of this.#path) {
      if (fills && !this.#state.fillIsWhite) this.#note(boxOf(points));
      if (strokes) this.#noteLines(points);
    }
    if (this.#clipNext) this.#state.clip = intersect(this.#state.clip, boxOf(this.#path.flat()));
    this.#path = [];
    this.#clipNext = false;
  }

  /** Piece by piece, so that a frame does not take what it surrounds. */
  #noteLines(points: Point[]): void {
    const [a, b, c, d] = this.#state.matrix;
    const reach = (this.#state.lineWidth * Math.max(Math.hypot(a, b), Math.hypot(c, d))) / 2 + 0.5;
    points.slice(1).forEach((point, index) => this.#note(grow(boxOf([points[index]!, point]), reach)));
  }

  #note(box: Box): void {
    const seen = intersect(box, this.#state.clip);
    if (seen.left <= seen.right && seen.bottom <= seen.top) this.#scene.boxes.push(seen);
  }

  #drawObject(key: string): void {
    const objects = this.#scene.resources && dictAt(this.#scene.resources, 'XObject');
    const object = objects?.lookup(key);
    if (!(object instanceof PdfStream)) return;
    if (nameAt(object.dict, 'Subtype') === 'Form') this.#drawForm(object);
    else this.#note(transformBox(this.#state.matrix, unitSquare));
  }

  #drawForm(form: PdfStream): void {
    const matrix = multiply(matrixOf(numbersAt(form.dict, 'Matrix', 6) ?? []), this.#state.matrix);
    const box = boxFromNumbers(numbersAt(form.dict, 'BBox', 4));
    if (this.#scene.depth >= deepest || !box) throw new Unsure('Forms within forms');
    const scene = {
      ...this.#scene,
      resources: dictAt(form.dict, 'Resources') ?? this.#scene.resources,
      depth: this.#scene.depth + 1,
    };
    const clip = intersect(this.#state.clip, transformBox(matrix, box));
    new Interpreter(scene, { ...this.#state, matrix, clip }).run(decodeWithin(scene.budget, form));
  }

  #texts(operator: string, operands: Operand[]): void {
    const [first = 0, second = 0] = numbersOf(operands);
    const state = this.#state;
    if (operator === 'BT') this.#text = initialText();
    else if (operator === 'Tm') this.#text = { line: matrixOf(operands), advance: 0 };
    else if (operator === 'Td' || operator === 'TD') this.#moveLine(first, second);
    else if (operator === 'T*') this.#moveLine(0, -state.leading);
    else if (operator === 'Tj' || operator === 'TJ') this.#show(operands[0] ?? null);
    else if (operator === "'") this.#showNext(operands[0] ?? null);
    else if (operator === '"') this.#showSpaced(operands);
    else if (operator === 'Tf') this.#setFont(textOf(operands[0], 'name'), second);
    else if (operator === 'Tc') state.characterSpacing = first;
    else if (operator === 'Tw') state.wordSpacing = first;
    else if (operator === 'Tz') state.horizontalScale = first / 100;
    else if (operator === 'TL') state.leading = first;
    else if (operator === 'Ts') state.rise = first;
    if (operator === 'TD') state.leading = -second;
  }

  #setFont(key: string, size: number): void {
    this.#state.font = fontExtent(this.#scene.resources, key);
    this.#state.fontSize = size;
  }

  #moveLine(x: number, y: number): void {
    this.#text = { line: multiply([1, 0, 0, 1, x, y], this.#text.line), advance: 0 };
  }

  #showNext(operand: Operand): void {
    this.#moveLine(0, -this.#state.leading);
    this.#show(operand);
  }

  #showSpaced(operands: Operand[]): void {
    [this.#state.wordSpacing = 0, this.#state.characterSpacing = 0] = numbersOf(operands);
    this.#showNext(operands[2] ?? null);
  }

  /** From the start of the line to the farthest the text may have come. */
  #show(operand: Operand): void {
    const { fontSize, rise, matrix } = this.#state;
    const reach = Array.isArray(operand) ? operand : [operand];
    let { advance } = this.#text;
    let least = Math.min(0, advance);
    let most = Math.max(0, advance);
    for (const part of reach) {
      advance += this.#advanceOf(part);
      least = Math.min(least, advance);
      most = Math.max(most, advance);
    }
    this.#text.advance = advance;
    const [low, high] = [rise - 0.35 * fontSize, rise + 1.05 * fontSize].sort((a, b) => a - b);
    const box = { left: least, right: most, bottom: low!, top: high! };
    if (most > least) this.#note(transformBox(multiply(this.#text.line, matrix), box));
  }

  #advanceOf(part: Operand): number {
    const { font, fontSize, characterSpacing, wordSpacing, horizontalScale } = this.#state;
    if (typeof part === 'number') return (-part / 1000) * fontSize * horizontalScale;
    const string = textOf(part, 'string');
    if (!string) return 0;
    if (!font) throw new Unsure('Text in a font whose size is not known');
    const spaces = string.split(' ').length - 1;
    const spacing = (string.length / font.bytesPerCode) * characterSpacing + spaces * wordSpacing;
    return (font.widthOf(string) * fontSize + spacing) * horizontalScale;
  }
}
