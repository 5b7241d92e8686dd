-- Grain: one sickness spell as registered. A small part of the stays is registered as two spells that overlap or touch.
-- KMD's register closes on 24 May 2020, in some municipalities earlier; a spell running then stands in both.
create temp view sickness_spell as
with drawn as (
    select
        person_no,
        person_id,
        episode_no,
        home,
        start_date,
        end_date,
        is_running,
        start_date + floor(days * (0.2 + 0.6 * draw('cut', person_no, episode_no, 0)))::integer as cut_date,
        draw('cut kind', person_no, episode_no, 0) as cut_draw,
        fault('sickness', person_no, episode_no, 0) as fault_kind
    from episode
    where benefit = 'SYGEDAGPENGE'
),

spells as (
    select * replace (case when cut_draw < 0.04 then cut_date else end_date end as end_date)
    from drawn
    union all
    select * replace (
        case
            when cut_draw < 0.012 then cut_date
            when cut_draw < 0.024 then cut_date + 1
            else greatest(start_date, cut_date - 1 - floor(500 * cut_draw)::integer)
        end as start_date,
        0 as fault_kind
    )
    from drawn
    where cut_draw < 0.04 and cut_date + 1 <= end_date
)

select
    spells.person_no,
    spells.person_id,
    spells.start_date as foerste_fravaersdag,
    faulty_end(
        spells.start_date,
        case when spells.end_date < date '2024-12-31' then spells.end_date end,
        spells.fault_kind
    ) as sidste_fravaersdag,
    case when spells.fault_kind < 5 then faulty_municipality(spells.home, spells.fault_kind) end as kommunekode,
    switch.kmd_sickness_until,
from spells
inner join register_switch as switch on spells.home = switch.kommunekode
