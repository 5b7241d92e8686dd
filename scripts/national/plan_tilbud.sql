-- Offers come at even distances, shaken, at the rate of the benefit, the municipality and the person; some persons get
-- none. Few started in spring 2020 and in winter 2020/21. A wage subsidy often runs on after the last payment.
with paced as (
    select
        episode.*,
        365.0 / (
            episode.offers_a_year
            * municipality.offer_factor
            * (0.7 + 0.6 * draw('offer pace', episode.person_no, 0, 0))
        ) as distance
    from episode
    inner join municipality on episode.home = municipality.kommunekode
    where
        episode.offers_a_year is not null
        and draw('no offers', episode.person_no, 0, 0) >= municipality.no_offer_share
),

numbered as (
    select *, unnest(range(ceil(days / distance)::integer))::integer as number
    from paced
),

drawn as (
    select
        *,
        start_date + floor(
            (number + 0.2 + 0.7 * draw('offer day', person_no, episode_no, number)) * distance
        )::integer as startdato,
        draw('offer type', person_no, episode_no, number) as type_draw,
        draw('offer days', person_no, episode_no, number) as days_draw,
        draw('course', person_no, episode_no, number) as course_draw,
        draw('paragraph', person_no, episode_no, number) as paragraph_draw,
        draw('pool', person_no, episode_no, number) as pool_draw,
        draw('closed', person_no, episode_no, number) as closed_draw,
        fault('offer', person_no, episode_no, number) as fault_kind
    from numbered
),

typed as (
    select
        drawn.*,
        case
            when benefit in ('KONTANTHJAELP', 'UDDANNELSESHJAELP') and type_draw < 0.05 then 'NYTTEINDSATS'
            when type_draw < case when benefit = 'SYGEDAGPENGE' then 0.05 else 0.10 end then 'LOENTILSKUD'
            when type_draw < case when startdato < date '2023-03-22' then 0.50 else 0.58 end then 'VIRKSOMHEDSPRAKTIK'
            when type_draw < 0.64 then 'MENTOR'
            else 'VEJLEDNING_OPKVALIFICERING'
        end as tilbudstype
    from drawn
    inner join municipality_year as effort on drawn.home = effort.kommunekode and year(drawn.startdato) = effort.aar
    where
        drawn.startdato <= drawn.end_date
        and drawn.closed_draw < effort.offer_share * case
            when drawn.startdato between date '2020-03-12' and date '2020-06-07' then 0.15
            when drawn.startdato between date '2020-12-09' and date '2021-04-30' then 0.55
            else 1
        end
),

dated as (
    select
        *,
        startdato + case tilbudstype
            when 'LOENTILSKUD' then 60 + floor(120 * days_draw)
            when 'MENTOR' then 30 + floor(150 * days_draw)
            when 'VIRKSOMHEDSPRAKTIK' then 13 + floor(78 * days_draw)
            else floor(84 * days_draw)
        end::integer as planned_end,
        case
            when tilbudstype = 'VEJLEDNING_OPKVALIFICERING' then
                pick(
                    [25, 26, 26, 27, 28, 29, 30, 30, 30, 30, 36, 40, 41, 42, 42, 43, 44, 45, 46, 46, 47, 47, 48],
                    course_draw
                )
        end as kursus_id
    from typed
)

select
    'T' || lpad(person_no::varchar, 7, '0') || lpad(episode_no::varchar, 2, '0')
    || lpad(case when fault_kind = 3 then greatest(number - 1, 0) else number end::varchar, 3, '0') as tilbud_id,
    person_id,
    case when fault_kind = 1 then 'UKENDT' else tilbudstype end as tilbudstype,
    kursus_id,
    case
        when kursus_id in (25, 26, 27, 28, 29) then '90'
        when kursus_id in (30, 45, 47) and pool_draw < 0.35 then '97'
        when kursus_id in (30, 45, 47) and pool_draw < 0.40 then '97b'
        when kursus_id is not null and paragraph_draw < 0.7 then '91'
        when kursus_id is not null then '90'
    end as lab_paragraf,
    case
        when kursus_id in (30, 45, 47) and pool_draw < 0.35 then 5
        when kursus_id in (30, 45, 47) and pool_draw < 0.40 then 18
        when kursus_id is not null and pool_draw > 0.9 then 1
    end as bevillingsramme,
    case when tilbudstype = 'LOENTILSKUD' and fault_kind <> 2 then benefit end as forsoergelsesydelse,
    startdato,
    case
        when fault_kind = 4 then startdato - 1
        when tilbudstype = 'LOENTILSKUD' then least(planned_end, date '2024-12-31')
        when is_running and planned_end > end_date then null
        else least(planned_end, end_date)
    end as slutdato,
    case
        when fault_kind < 5
            then faulty_municipality(home_on(startdato, kommunekode, moved_on, new_kommunekode), fault_kind)
    end as kommunekode,
from dated
order by person_no, episode_no, number
