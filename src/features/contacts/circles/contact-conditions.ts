import { declareCondition } from '../../../platform/contract/conditions.js';
import { Contact } from '../contact.entity.js';
import './circles.relations.js';

declareCondition(Contact, 'circleIds', {
  description: 'In which circles they are, by the ids of the circles. A circle in the trash has nobody in it.',
  relation: 'circles',
});
