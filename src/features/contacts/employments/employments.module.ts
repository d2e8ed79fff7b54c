import { Module } from '@nestjs/common';
import { facesOf } from '../../../platform/resources/faces.js';
import { Employment } from './employment.entity.js';
import { CreateEmploymentInput, UpdateEmploymentInput } from './employment.inputs.js';
import './employments.conditions.js';
import './employments.relations.js';
import { EmploymentsService } from './employments.service.js';
import { JobHistory } from './job-history.js';

const employments = facesOf(Employment, {
  create: CreateEmploymentInput,
  update: UpdateEmploymentInput,
  remove: true,
  scope: 'contacts',
  tag: 'Employments',
  service: EmploymentsService,
});

@Module({
  controllers: [employments.controller],
  providers: [EmploymentsService, JobHistory, employments.resolver],
})
export class EmploymentsModule {}
