-- Grain: one person. Where the person stands on 1 January 2017, drawn from the stationary state of the career:
-- on a benefit or in a gap, with an exponential rest of it (the exponential does not remember how long it has lasted).
create temp table career_step as
select
    person.person_no,
    person.career,
    0 as step,
    state.benefit,
    0 as start_day,
    floor(-ln(1 - state.reach * draw('rest', person.person_no, 0, 0)) * state.mean_days)::integer as end_day,
from person
inner join career_state as state
    on
        person.career = state.career
        and draw('state', person.person_no, 0, 0) >= state.from_share
        and draw('state', person.person_no, 0, 0) < state.to_share
