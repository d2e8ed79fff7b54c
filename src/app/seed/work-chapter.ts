import {
  CreateInterviewInput,
  CreateRoundInput,
  UpdateInterviewInput,
  UpdateRoundInput,
} from '../../features/interviews/interview.inputs.js';
import { InterviewsService } from '../../features/interviews/interviews.service.js';
import { RoundsService } from '../../features/interviews/rounds.service.js';
import {
  CreateRecruiterInput,
  ParkRecruiterInput,
  UpdateRecruiterInput,
} from '../../features/recruiters/recruiter.inputs.js';
import { RecruitersService } from '../../features/recruiters/recruiters.service.js';
import { CreateReminderInput } from '../../features/reminders/reminder.inputs.js';
import { RemindersService } from '../../features/reminders/reminders.service.js';
import type { Days } from './days.js';
import type { Known } from './known.js';
import { ID } from './pen.js';
import type { Pen } from './pen.js';
import { INTERVIEWS, REMINDERS } from './work.js';
import type { SeededInterview, SeededRecruiter } from './work.js';

/** Recruiters, most of them parked until a day ahead. */
export function writeRecruiters(pen: Pen, recruiters: readonly SeededRecruiter[]): Promise<void> {
  return pen.together(async (together) => {
    for (const { body, parkedFor, status } of recruiters) {
      const id = await together.make(RecruitersService, CreateRecruiterInput, body);
      if (status) await together.change(RecruitersService, UpdateRecruiterInput, { id, status });
      if (parkedFor === null) continue;
      const parking = [ParkRecruiterInput, { for: parkedFor }] as const;
      await together.ask(RecruitersService, parking, (service, actor, input) => service.park(actor, id, input, ID));
    }
  });
}

export function writeInterviews(pen: Pen, days: Days): Promise<void> {
  return pen.together(async (together) => {
    for (const interview of INTERVIEWS) await writeInterview(together, days, interview);
  });
}

/** A round that is over is entered as done, so no bell rings for it. */
async function writeInterview(pen: Pen, days: Days, { body, outcome, rounds }: SeededInterview): Promise<void> {
  const interviewId = await pen.make(InterviewsService, CreateInterviewInput, body);
  for (const [kind, daysAgo, debrief] of rounds) {
    const status = daysAgo > 0 ? 'done' : 'scheduled';
    const round = { interviewId, kind, status, startsAt: days.at(daysAgo, '15:00') };
    const id = await pen.make(RoundsService, CreateRoundInput, round);
    if (debrief) await pen.change(RoundsService, UpdateRoundInput, { id, debrief });
  }
  if (outcome) await pen.change(InterviewsService, UpdateInterviewInput, { id: interviewId, outcome });
}

export function writeReminders(pen: Pen, known: Known, days: Days): Promise<void> {
  return pen.together(async (together) => {
    for (const { inDays, ...reminder } of REMINDERS) {
      const { about, ...body } = { about: null, ...reminder };
      const subject = about === null ? {} : { subjectType: 'contact', subjectId: known.id(about) };
      const dueOn = days.ago(-inDays);
      await together.make(RemindersService, CreateReminderInput, { ...body, ...subject, dueOn });
    }
  });
}
