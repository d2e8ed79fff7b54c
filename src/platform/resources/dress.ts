export interface Clothes {
  readonly method: readonly MethodDecorator[];
  readonly parameters: readonly ParameterDecorator[];
  /** The parameters' classes, which the validation reads. */
  readonly types: readonly unknown[];
}

/** Puts decorators on a method that was written without them: the generated faces are dressed at run time. */
export function dress(prototype: object, name: string, on: Clothes): void {
  Reflect.defineMetadata('design:paramtypes', on.types, prototype, name);
  Reflect.defineMetadata('design:returntype', Promise, prototype, name);
  on.parameters.forEach((decorate, index) => decorate(prototype, name, index));
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  if (!descriptor) throw new Error(`${name} is not a method here.`);
  for (const decorate of on.method) decorate(prototype, name, descriptor);
}
