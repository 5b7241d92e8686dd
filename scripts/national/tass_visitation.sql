-- One category for a stay on kontanthjælp, uddannelseshjælp or overgangsydelse; one in four changes on the way, and
-- of these a few keep both open. Three in a hundred have none.
with stays as (
    select
        person_no,
        person_id,
        episode_no,
        start_date,
        end_date,
        is_running,
        benefit in ('KONTANTHJAELP')
        or (benefit like 'OVERGANGSYDELSE%' and foedselsdato + to_years(30) <= start_date) as is_adult,
        draw('category', person_no, 0, 0) as category_draw,
        draw('change', person_no, episode_no, 0) as change_draw,
        start_date + floor(days * (0.2 + 0.6 * draw('change day', person_no, episode_no, 0)))::integer as changed_on,
        fault('category', person_no, episode_no, 0) as fault_kind
    from episode
    where
        benefit in (
            'KONTANTHJAELP', 'UDDANNELSESHJAELP', 'OVERGANGSYDELSE_UDEN_PROGRAM', 'OVERGANGSYDELSE_I_PROGRAM'
        )
        and draw('no category', person_no, episode_no, 0) >= 0.03
),

rows as (
    select
        *,
        start_date as startdato,
        case
            when change_draw < 0.01 and not is_running then end_date
            when change_draw >= 0.01 and change_draw < 0.25 then changed_on - 1
            when not is_running then end_date
        end as slutdato,
        case
            when is_adult and category_draw < 0.35 then 'JOBPARAT'
            when is_adult then 'AKTIVITETSPARAT'
            when category_draw < 0.25 then 'AABENLYS_UDDANNELSESPARAT'
            when category_draw < 0.65 then 'UDDANNELSESPARAT'
            else 'AKTIVITETSPARAT'
        end as kategori
    from stays
    union all
    select
        *,
        changed_on as startdato,
        case when not is_running then end_date end as slutdato,
        case
            when is_adult and category_draw < 0.35 then 'AKTIVITETSPARAT'
            when is_adult then 'JOBPARAT'
            when category_draw < 0.65 then 'AKTIVITETSPARAT'
            else 'UDDANNELSESPARAT'
        end as kategori
    from stays
    where change_draw < 0.25
)

select
    person_id,
    case when fault_kind = 1 then 'MATCH3' else kategori end as visitationskategori,
    startdato,
    case
        when fault_kind in (3, 4) then faulty_end(startdato, slutdato, fault_kind)
        when slutdato >= startdato then slutdato
    end as slutdato,
from rows
order by person_no, startdato, visitationskategori, slutdato
