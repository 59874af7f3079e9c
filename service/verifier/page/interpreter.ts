import { decodeWithin, mostOperations, Unsure } from './content-budget.ts';
import { readOperations } from './content-tokens.ts';
import { note, startDrawing, type Drawing, type Operator, type Scene } from './drawing.ts';
import type { GraphicsState } from './graphics-state.ts';
import { matrixOf, textOf, unitSquare } from './operands.ts';
import { pathOperators } from './path-operators.ts';
import { stateOperators } from './state-operators.ts';
import { textOperators } from './text-operators.ts';
import { boxFromNumbers, intersect, multiply, transformBox } from '#pdf/geometry.ts';
import { PdfStream } from '#pdf/objects/containers.ts';
import { dictAt, nameAt, numbersAt } from '#pdf/objects/entries.ts';

const deepest = 8;

/** A form's content is drawn in its own space, within its own box (ISO 32000-2, 8.10.1). */
const drawForm = ({ scene, state }: Drawing, form: PdfStream): void => {
  const matrix = multiply(matrixOf(numbersAt(form.dict, 'Matrix', 6) ?? []), state.matrix);
  const box = boxFromNumbers(numbersAt(form.dict, 'BBox', 4));
  if (scene.depth >= deepest || !box) throw new Unsure('Forms within forms');
  const resources = dictAt(form.dict, 'Resources') ?? scene.resources;
  const clip = intersect(state.clip, transformBox(matrix, box));
  const content = decodeWithin(scene.budget, form);
  noteContent(content, { ...scene, resources, depth: scene.depth + 1 }, { ...state, matrix, clip });
};

const drawObject: Operator = (drawing, [name]) => {
  const { resources } = drawing.scene;
  const object = resources && dictAt(resources, 'XObject')?.lookup(textOf(name, 'name'));
  if (!(object instanceof PdfStream)) return;
  if (nameAt(object.dict, 'Subtype') === 'Form') drawForm(drawing, object);
  else note(drawing, transformBox(drawing.state.matrix, unitSquare));
};

const operators = new Map<string, Operator>(
  Object.entries({ ...stateOperators, ...pathOperators, ...textOperators, Do: drawObject }),
);

/**
 * Walks through a content stream and takes down the boxes of all that it may draw.
 * @throws Unsure when it cannot be told
 */
export const noteContent = (content: Uint8Array, scene: Scene, state: GraphicsState): void => {
  const drawing = startDrawing(scene, state);
  for (const { operator, operands, doubtful } of readOperations(content)) {
    if (doubtful && scene.letters) throw new Unsure('An image whose end is in doubt');
    scene.budget.operations += 1;
    if (scene.budget.operations > mostOperations) throw new Unsure('The page draws too much');
    operators.get(operator)?.(drawing, operands);
  }
};
