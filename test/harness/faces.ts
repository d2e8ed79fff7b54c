import type { Body, Face } from './face.js';
import { GraphqlFace } from './graphql-face.js';
import type { TestProgram } from './program.js';
import { RestFace } from './rest-face.js';

export type { Face } from './face.js';

/** The argument of `describe.each(faces)`. */
export const faces = ['rest', 'graphql'] as const;

export function faceOf(name: (typeof faces)[number], program: TestProgram, key = program.key): Face {
  return name === 'rest' ? new RestFace(program, key) : new GraphqlFace(program, key);
}

/** The id of a new resource. @throws Error with the refusal */
export async function idOfNew(face: Face, type: string, input: Body): Promise<string> {
  const { data, code, message } = await face.create(type, input);
  if (code !== null) throw new Error(`${code}: ${message}`);
  return String(data.id);
}
