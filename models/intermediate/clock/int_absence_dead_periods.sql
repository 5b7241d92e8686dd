-- Grain: person x merged dead period from absence codes. Rules: D-01.
-- Days on which neither duration nor conversations, offers or hours count.
with known_absences as ({{ known_rows(ref('stg_tass__absences')) }}),

dead_absences as (
    select
        known_absences.person_key,
        greatest(known_absences.start_date, codes.valid_from) as start_date,
        least(known_absences.end_date, codes.valid_to) as end_date
    from known_absences
    inner join {{ ref('dead_absence_codes') }} as codes
        on
            known_absences.absence_code = codes.absence_code
            and known_absences.start_date <= codes.valid_to
            and known_absences.end_date >= codes.valid_from
),

final as ({{ merge_intervals('dead_absences', ['person_key']) }})

select * from final
