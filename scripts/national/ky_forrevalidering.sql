-- Half a year before revalidering, while another benefit is paid, and a few stays of their own.
with periods as (
    select
        person_no,
        person_id,
        start_date - 30 - floor(150 * draw('pre days', person_no, episode_no, 0))::integer as startdato,
        start_date - 1 as slutdato
    from episode
    where benefit = 'REVALIDERING' and draw('pre', person_no, episode_no, 0) < 0.6
    union all
    select
        person_no,
        person_id,
        start_date + days // 3 as startdato,
        case when is_running then null else start_date + days * 2 // 3 end as slutdato
    from episode
    where
        benefit in ('KONTANTHJAELP', 'RESSOURCEFORLOEB')
        and days > 100
        and draw('pre', person_no, episode_no, 0) < 0.01
)

select person_id, startdato, slutdato
from periods
order by person_no, startdato
