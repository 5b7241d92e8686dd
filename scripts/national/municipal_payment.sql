-- Grain: one payment row of KY or KMD Aktiv: a benefit in a calendar month, cut to the stay.
-- Now and then a month is missing, short, or runs into the next one. Each municipality changes from KMD Aktiv to KY in
-- a month from September 2020 to November 2021; a few payments of that month stand in both.
create temp view municipal_payment as
with monthly as (
    select
        *,
        unnest(
            list_concat(
                range(month_number(start_date), month_number(end_date) + 1),
                case when draw('twice', person_no, episode_no, 0) < 0.01 then [month_number(start_date)] else [] end
            )
        )::integer as m
    from episode
    where is_municipal
),

supplementary as (
    select
        * replace ('KONTANTHJAELP' as benefit, episode_no + 500 as episode_no),
        unnest(range(
            month_number(start_date),
            least(month_number(start_date) + 3, month_number(end_date) + 1)
        ))::integer as m
    from episode
    where
        benefit in ('A_DAGPENGE', 'SYGEDAGPENGE', 'FOERTIDSPENSION', 'LEDIGHEDSYDELSE')
        and draw('supplement', person_no, episode_no, 0) < 0.012
),

drawn as (
    select
        person_no,
        person_id,
        episode_no,
        benefit,
        m,
        kommunekode,
        moved_on,
        new_kommunekode,
        greatest(start_date, month_start(m)) as periode_start,
        least(end_date, month_end(m)) as periode_slut,
        draw('odd month', person_no, episode_no, m) as odd_draw,
        draw('odd days', person_no, episode_no, m) as days_draw,
        fault('payment', person_no, episode_no, m) as fault_kind
    from (from monthly union all from supplementary)
),

uneven as (
    select
        *,
        home_on(periode_start, kommunekode, moved_on, new_kommunekode) as payer,
        case
            when odd_draw < 0.012
                then greatest(periode_start, periode_slut - 1 - floor(12 * days_draw)::integer)
            when odd_draw < 0.015 and periode_slut < date '2024-12-15'
                then periode_slut + 1 + floor(9 * days_draw)::integer
            else periode_slut
        end as uneven_end
    from drawn
    where odd_draw >= 0.004
)

select
    uneven.person_no,
    uneven.person_id,
    uneven.episode_no,
    uneven.m >= switch.ky_month as is_in_ky,
    uneven.m < switch.ky_month or (uneven.m = switch.ky_month and uneven.days_draw < 0.02) as is_in_kmd_aktiv,
    case when uneven.fault_kind = 1 then 'UKENDT_YDELSE' else uneven.benefit end as ydelseskode,
    uneven.periode_start,
    faulty_end(uneven.periode_start, uneven.uneven_end, uneven.fault_kind) as periode_slut,
    case when uneven.fault_kind < 5 then faulty_municipality(uneven.payer, uneven.fault_kind) end as kommunekode,
from uneven
inner join register_switch as switch on uneven.payer = switch.kommunekode
