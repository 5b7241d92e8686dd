-- Exempting absences in about one stay of fifteen, short (holiday) or long; parental leave and follow-up without
-- contact, which stop the clock; and codes that exempt nobody.
with exempting as (
    select
        person_no,
        person_id,
        episode_no,
        1 as number,
        case benefit
            when 'SYGEDAGPENGE' then pick(['3', '53', '53', '70', '10'], draw('code', person_no, episode_no, 0))
            when 'A_DAGPENGE'
                then pick(
                    [
                        '2', '3', '4', '10', '10', '11', '23', '24', '43', '44',
                        '45', '46', '65', '66', '71', '72', '73', '77', '78', '79'
                    ],
                    draw('code', person_no, episode_no, 0)
                )
            else
                pick(
                    [
                        '2', '3', '4', '6', '7', '10', '10', '16', '43', '44',
                        '45', '46', '47', '50', '53', '70', '76', '77', '79'
                    ],
                    draw('code', person_no, episode_no, 0)
                )
        end as fravaer_kode,
        start_date + floor(days * 0.8 * draw('absence from', person_no, episode_no, 0))::integer as startdato,
        case
            when draw('absence long', person_no, episode_no, 0) < 0.45
                then 13 + floor(28 * draw('absence days', person_no, episode_no, 0))
            else days * (0.2 + 0.8 * draw('absence days', person_no, episode_no, 0))
        end::integer as further_days,
        end_date,
        is_running
    from episode
    where conversations_a_year is not null and draw('absent', person_no, episode_no, 0) < 0.065
),

dead as (
    select
        person_no,
        person_id,
        episode_no,
        2 as number,
        case
            when draw('dead kind', person_no, episode_no, 0) < 0.75 then '8'
            else 'OPFOELGNING_UDEN_KONTAKT'
        end as fravaer_kode,
        start_date + floor(days * draw('dead from', person_no, episode_no, 0))::integer as startdato,
        floor(60 + 260 * draw('dead days', person_no, episode_no, 0))::integer as further_days,
        end_date,
        is_running
    from episode
    where conversations_a_year is not null and draw('dead', person_no, episode_no, 0) < 0.024
),

dated as (
    select
        *,
        startdato + further_days as planned_end,
        fault('absence', person_no, episode_no, number) as fault_kind
    from (from exempting union all from dead)
)

select
    person_id,
    case when fault_kind in (1, 2) then '99' else fravaer_kode end as fravaer_kode,
    startdato,
    faulty_end(
        startdato,
        case when planned_end > end_date and is_running then null else least(planned_end, date '2024-12-31') end,
        fault_kind
    ) as slutdato,
from dated
order by person_no, startdato, fravaer_kode
