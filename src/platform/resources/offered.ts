import type { Type } from '@nestjs/common';

/** Which verbs a resource offers on both faces; reading is always offered. */
export interface Offered<C extends object = object, U extends object = object> {
  readonly create?: Type<C>;
  readonly update?: Type<U>;
  readonly remove?: boolean;
  /** The noun of its scopes, when it is not the resource's own plural. */
  readonly scope?: string;
}
