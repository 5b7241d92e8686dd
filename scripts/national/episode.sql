-- Grain: one unbroken stay on one benefit inside 2017-2024 and inside the ages of the career.
-- Uddannelseshjælp turns into kontanthjælp on the 30th birthday.
create temp table episode as
with dated as (
    select
        step.person_no,
        person.person_id,
        step.step * 2 as episode_no,
        step.benefit,
        person.career,
        person.foedselsdato,
        person.kommunekode,
        person.moved_on,
        person.new_kommunekode,
        greatest(
            date '2017-01-01' + step.start_day,
            (person.foedselsdato + to_years(person.first_age))::date
        ) as start_date,
        least(
            date '2017-01-01' + step.end_day,
            date '2024-12-31',
            (person.foedselsdato + to_years(67))::date - 1
        ) as end_date,
        (person.foedselsdato + to_years(30))::date as turns_30
    from career_step as step
    inner join person on step.person_no = person.person_no
    where step.benefit is not null
),

by_age as (
    select * exclude (turns_30) replace (
        case
            when benefit = 'UDDANNELSESHJAELP' then least(end_date, turns_30 - 1)
            else end_date
        end as end_date
    )
    from dated
    union all
    select * exclude (turns_30) replace (
        'KONTANTHJAELP' as benefit,
        episode_no + 1 as episode_no,
        turns_30 as start_date
    )
    from dated
    where benefit = 'UDDANNELSESHJAELP' and start_date < turns_30
)

select
    by_age.*,
    benefit.is_municipal,
    benefit.conversations_a_year,
    benefit.offers_a_year,
    (by_age.end_date - by_age.start_date + 1)::integer as days,
    by_age.end_date = date '2024-12-31' as is_running,
    home_on(by_age.start_date, by_age.kommunekode, by_age.moved_on, by_age.new_kommunekode) as home
from by_age
inner join benefit on by_age.benefit = benefit.benefit
where by_age.start_date <= by_age.end_date
order by by_age.person_no, by_age.episode_no
