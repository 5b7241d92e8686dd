-- Grain: person x merged dead period from absence codes. Rules: D-01.
-- Days on which neither duration nor conversations, offers or hours count.
with known_absences as ({{ known_rows(ref('stg_tass__absences')) }}),

dead_absences as (
    select known_absences.person_key, known_absences.start_date, known_absences.end_date
    from known_absences
    inner join {{ ref('dead_absence_codes') }} as dead_absence_codes
        on known_absences.absence_code = dead_absence_codes.absence_code
),

final as ({{ merge_intervals('dead_absences', ['person_key']) }})

select * from final
