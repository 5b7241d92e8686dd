-- A new dagpenge period after at least six months off a-dagpenge, mostly; the end is three years later or not known.
-- A few persons lack their first period.
with stays as (
    select
        person_no,
        person_id,
        episode_no,
        start_date,
        lag(end_date) over (partition by person_no order by start_date) as previous_end
    from episode
    where benefit = 'A_DAGPENGE'
)

select
    person_id,
    start_date as foerste_dag,
    case
        when fault('period', person_no, episode_no, 0) = 3 then start_date - 30
        when draw('period end', person_no, episode_no, 0) < 0.5 then (start_date + to_years(3))::date - 1
    end as sidste_dag,
from stays
where
    case
        when previous_end is null then draw('lacks period', person_no, 0, 0) >= 0.004
        else start_date - previous_end > 180 and draw('new period', person_no, episode_no, 0) < 0.6
    end
order by person_no, foerste_dag
