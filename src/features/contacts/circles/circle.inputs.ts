import { partial, pick } from '../../../platform/contract/recipes.js';
import { Input } from '../../../platform/contract/shapes.js';
import { Circle } from './circle.entity.js';
import { Membership } from './membership.entity.js';

@Input('A new circle. Only the name is needed.')
export class CreateCircleInput extends pick(Circle, ['name', 'kind', 'url', 'notes']) {}

@Input('A change of a circle: absent fields keep their value, null clears.')
export class UpdateCircleInput extends partial(CreateCircleInput) {}

@Input('A contact to add to a circle.')
export class CreateMembershipInput extends pick(Membership, ['circleId', 'contactId', 'handle', 'role', 'since']) {}

@Input('A change of a member of a circle.')
export class UpdateMembershipInput extends partial(pick(Membership, ['handle', 'role', 'since'])) {}
