/** What the TypeScript compiler makes of decorators and types, so that the peers need no build of their own. */
import 'reflect-metadata';

/** Decorates a class, with the types of its constructor's parameters. */
export function decorateClass(type, decorators, parameters = []) {
  Reflect.defineMetadata('design:paramtypes', parameters, type);
  for (const decorator of decorators) decorator(type);
}

/** Decorates a class's properties: `{ name: [Column('text')] }`. */
export function decorateProperties(type, properties) {
  for (const [name, decorators] of Object.entries(properties)) {
    for (const decorator of [decorators].flat()) decorator(type.prototype, name);
  }
}

/** Decorates a method and its parameters; `types` are the parameters' classes. */
export function decorateMethod(type, name, decorators, parameters = [], types = parameters.map(() => Object)) {
  const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
  Reflect.defineMetadata('design:paramtypes', types, type.prototype, name);
  parameters.forEach((decorator, place) => decorator(type.prototype, name, place));
  for (const decorator of decorators) decorator(type.prototype, name, descriptor);
}
