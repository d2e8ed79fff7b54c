import { Module } from '@nestjs/common';
import { facesOf } from '../../../platform/resources/faces.js';
import { Circle } from './circle.entity.js';
import { CreateCircleInput, CreateMembershipInput, UpdateCircleInput, UpdateMembershipInput } from './circle.inputs.js';
import './circles.relations.js';
import { CirclesService } from './circles.service.js';
import { Membership } from './membership.entity.js';
import { MembershipsService } from './memberships.service.js';

const circles = facesOf(Circle, {
  create: CreateCircleInput,
  update: UpdateCircleInput,
  remove: true,
  scope: 'contacts',
  tag: 'Circles',
  service: CirclesService,
});

const memberships = facesOf(Membership, {
  create: CreateMembershipInput,
  update: UpdateMembershipInput,
  remove: true,
  scope: 'contacts',
  tag: 'Circles',
  service: MembershipsService,
});

@Module({
  controllers: [circles.controller, memberships.controller],
  providers: [CirclesService, MembershipsService, circles.resolver, memberships.resolver],
  exports: [MembershipsService],
})
export class CirclesModule {}
