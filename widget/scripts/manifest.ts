import { readFile } from 'node:fs/promises';

/** What is read of custom-elements.json; the whole is described at https://github.com/webcomponents/custom-elements-manifest. */
export interface Manifest {
  modules: { path: string; declarations: ElementDeclaration[] }[];
}

export interface ElementDeclaration {
  name: string;
  description?: string;
  tagName?: string;
  members?: Member[];
  attributes?: Described[];
  events?: (Described & Typed)[];
  cssParts?: Described[];
  cssProperties?: Described[];
}

interface Described {
  name: string;
  description?: string;
}

interface Typed {
  type: { text: string };
}

interface Member extends Described, Partial<Typed> {
  kind: string;
  privacy?: string;
  attribute?: string;
}

/** What a host can use of the element. */
export interface Api {
  tag: string;
  description: string;
  properties: Property[];
  events: ElementEvent[];
  parts: Named[];
  cssProperties: Named[];
}

export interface Named {
  name: string;
  description: string;
}

export interface Property extends Named {
  /** Absent where only a property can be set. */
  attribute: string | undefined;
  type: string;
}

export interface ElementEvent extends Named {
  /** The name without the element's own. */
  short: string;
  /** Its class, and what an instance carries. */
  type: string;
  carries: string[];
}

const file = new URL('../custom-elements.json', import.meta.url);

export const readApi = async (): Promise<Api> => toApi(JSON.parse(await readFile(file, 'utf8')));

/** @throws Error where the manifest does not say of an event or a property all that is needed */
export const toApi = ({ modules }: Manifest): Api => {
  const declarations = modules.flatMap((module) => module.declarations);
  const element = declarations.find(({ tagName }) => tagName)!;
  const events = element.events ?? [];
  return {
    tag: element.tagName!,
    description: element.description ?? '',
    properties: fieldsOf(element).map((member) => toProperty(member, element)),
    events: events.map((event) => toEvent(event, element.tagName!, declarations)),
    parts: (element.cssParts ?? []).map(toNamed),
    cssProperties: (element.cssProperties ?? []).map(toNamed),
  };
};

const fieldsOf = ({ members = [] }: ElementDeclaration): Member[] => members.filter(({ kind }) => kind === 'field');

const toNamed = ({ name, description = '' }: Described): Named => ({ name, description });

const toProperty = (member: Member, { attributes = [] }: ElementDeclaration): Property => {
  const { name, attribute, type } = member;
  const description = member.description ?? attributes.find((one) => one.name === attribute)?.description;
  if (!type || !description) throw new Error(`custom-elements.json says too little of the property ${name}`);
  return { name, attribute, type: type.text.replace(/ \| undefined$/, '').replace(/^\((.*)\)$/, '$1'), description };
};

const toEvent = (
  { name, description, type }: Described & Typed,
  tag: string,
  declarations: ElementDeclaration[],
): ElementEvent => {
  const described = declarations.find((declaration) => declaration.name === type.text);
  if (!described || !description) throw new Error(`custom-elements.json says too little of the event ${name}`);
  const carries = fieldsOf(described).map((field) => field.name);
  return { name, short: name.slice(tag.length + 1), type: type.text, description, carries };
};
