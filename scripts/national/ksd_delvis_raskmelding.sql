-- A quarter of the sickness stays of two months or more end in a partial return to work.
select
    person_id,
    start_date + days // 2 + floor(days // 4 * draw('partial', person_no, episode_no, 0))::integer as startdato,
    case when not is_running then end_date end as slutdato,
from episode
where benefit = 'SYGEDAGPENGE' and days >= 60 and draw('returns', person_no, episode_no, 0) < 0.5
order by person_no, startdato
