import { ProblemDetails, problemPrefix, problems, type ProblemType } from '@tu-esign/contract';
import { expect } from 'vitest';
import { signatory } from './tokens.ts';

const personal = Object.values(signatory);

/** The answer is this problem, in the form of RFC 9457, and holds nothing of anybody's. */
export const expectProblem = async (response: Response, type: ProblemType): Promise<void> => {
  const text = await response.text();
  expect.soft(text).toContain(`${problemPrefix}${type}"`);
  expect.soft(response.status).toBe(problems[type].status);
  expect.soft(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect.soft(response.headers.get('cache-control')).toBe('no-store');
  ProblemDetails.parse(JSON.parse(text));
  expectNothingPersonal(text);
};

/** Neither the signatory nor a token (all begin with `eyJ`: a JSON object in base64url) is found. */
export const expectNothingPersonal = (text: string): void => {
  for (const word of [...personal, 'eyJ']) expect(text).not.toContain(word);
};

/** What was logged so far tells of requests and of nobody. */
export const expectDiscreetLog = ({ lines }: { lines: string[] }): void => {
  expect(lines.some((line) => line.includes('"answered"'))).toBe(true);
  expectNothingPersonal(lines.join('\n'));
};
