-- Less intensive effort, registered from January 2024.
with started as (
    select
        person_no,
        person_id,
        greatest(start_date, date '2024-01-01')
        + floor(60 * draw('less from', person_no, episode_no, 0))::integer as startdato,
        floor(40 * draw('less days', person_no, episode_no, 0))::integer as further_days,
        end_date
    from episode
    where
        benefit in ('A_DAGPENGE', 'KONTANTHJAELP', 'UDDANNELSESHJAELP', 'LEDIGHEDSYDELSE')
        and end_date >= date '2024-01-01'
        and draw('less', person_no, episode_no, 0) < 0.08
)

select
    person_id,
    startdato,
    case when startdato + further_days <= end_date then startdato + further_days end as slutdato,
from started
where startdato <= end_date
order by person_no, startdato
