-- Most registrations lie up to six weeks before the first payment; some persons register twice, some months ahead.
with registrations as (
    select
        person_no,
        person_id,
        start_date - floor(42 * draw('registers', person_no, episode_no, 0))::integer as henvendelsesdato
    from episode
    where
        benefit in ('A_DAGPENGE', 'KONTANTHJAELP', 'UDDANNELSESHJAELP', 'OVERGANGSYDELSE_UDEN_PROGRAM')
        and draw('is registered', person_no, episode_no, 0) < 0.9
    union all
    select
        person_no,
        person_id,
        start_date - 30 - floor(90 * draw('registers again', person_no, episode_no, 0))::integer as henvendelsesdato
    from episode
    where
        benefit in ('A_DAGPENGE', 'KONTANTHJAELP', 'UDDANNELSESHJAELP', 'OVERGANGSYDELSE_UDEN_PROGRAM')
        and draw('is registered again', person_no, episode_no, 0) < 0.08
)

select
    person_id,
    case
        when fault('registration', person_no, henvendelsesdato - date '2017-01-01', 0) > 0 then date '1753-01-01'
        else henvendelsesdato
    end as henvendelsesdato,
from registrations
order by person_no, henvendelsesdato
