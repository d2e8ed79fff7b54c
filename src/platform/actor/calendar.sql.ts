/** The settings of the account `a` by which its days are made, without its time zone. */
export const SETTINGS_SQL = `a.day_starts_at as "dayStartsAt", a.check_back_period as "checkBackPeriod", a.open_from as "openFrom",
    a.inner_every as "innerEvery", a.close_every as "closeEvery", a.wide_every as "wideEvery", a.dormant_every as "dormantEvery",
    a.quiet_from as "quietFrom", a.quiet_until as "quietUntil", a.quiet_weekdays as "quietWeekdays",
    a.phone_region as "phoneRegion"`;

/** All of them: the calendar of whoever acts for the account `a`. */
export const CALENDAR_SQL = `a.time_zone as "timeZone", ${SETTINGS_SQL}`;
