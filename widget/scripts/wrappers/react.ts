import type { Api } from '../manifest.ts';
import { declareProperties, define, importTypes, lines, listener, quote, type Wrap } from './wrapper.ts';

/** A component for React 19. */
export const wrapForReact: Wrap = (api) => ({ js: js(api), types: types(api) });

const js = ({ tag, properties, events }: Api): string => `'use client';
import { createElement, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';

const properties = new Set([${quote(properties.map(({ name }) => name))}]);
const events = {
${lines(events, (event) => `  ${listener(event)}: '${event.name}',`)}
};

${define(tag)}

/** Properties and events are the element's; all else is React's to set. */
const split = (props) => {
  const [own, heard, rest] = [{}, {}, {}];
  for (const [name, value] of Object.entries(props)) {
    if (properties.has(name)) own[name] = value;
    else if (Object.hasOwn(events, name)) heard[events[name]] = value;
    else rest[name] = value;
  }
  return [own, heard, rest];
};

export function TuEsign({ ref, children, ...props }) {
  const element = useRef(null);
  const given = useRef([{}, {}]);
  const [own, heard, rest] = split(props);
  useImperativeHandle(ref, () => element.current, []);
  // React itself sets properties of an element only where it is defined already, and loses functions until then.
  useLayoutEffect(() => {
    const [before] = given.current;
    for (const name of properties) {
      if (!Object.is(own[name], before[name])) element.current[name] = own[name];
    }
    given.current = [own, heard];
  });
  // Nor does it hear an element that its server rendered (react/react#35446).
  useLayoutEffect(() => {
    const { current } = element;
    const tell = (event) => given.current[1][event.type]?.(event);
    for (const type of Object.values(events)) current.addEventListener(type, tell);
    return () => {
      for (const type of Object.values(events)) current.removeEventListener(type, tell);
    };
  }, []);
  useEffect(define, []);
  return createElement('${tag}', { ...rest, ref: element }, children);
}
`;

const types = (api: Api): string => `import type { HTMLAttributes, ReactElement, Ref } from 'react';
${importTypes(api)}

interface OwnProps {
${declareProperties(api)}
${lines(api.events, (event) => `  /** ${event.description} */\n  ${listener(event)}?: ((event: ${event.type}) => void) | undefined;`)}
  ref?: Ref<Element> | undefined;
}

export interface TuEsignProps extends OwnProps, Omit<HTMLAttributes<Element>, keyof OwnProps> {}

/** ${api.description} Brings the element's definition along. */
export declare function TuEsign(props: TuEsignProps): ReactElement;
`;
