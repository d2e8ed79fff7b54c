import { Inject } from '@nestjs/common';
import { Batches } from './batch.js';
import { ExternalIds } from './external-ids.js';
import type { Serves } from './offered.js';

/** The services that both faces of a resource call. */
export abstract class ResourceFace<S extends Serves> {
  @Inject(ExternalIds) protected readonly names!: ExternalIds;
  @Inject(Batches) protected readonly batches!: Batches;

  constructor(protected readonly service: S) {}
}
