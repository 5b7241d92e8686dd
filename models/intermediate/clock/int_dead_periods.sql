-- Grain: person with a spell x merged dead period (død periode) of any kind. Rules: D-01, D-02, D-03.
-- Absence dead periods and the calendar dead periods that everyone has, as one union.
with persons_with_spells as (
    select distinct person_key
    from {{ ref('int_merged_spells') }}
),

dead_days as (
    select absences.person_key, absences.start_date, absences.end_date
    from {{ ref('int_absence_dead_periods') }} as absences
    semi join persons_with_spells on absences.person_key = persons_with_spells.person_key
    union all
    select persons_with_spells.person_key, calendar_dead_periods.start_date, calendar_dead_periods.end_date
    from persons_with_spells
    cross join {{ ref('calendar_dead_periods') }} as calendar_dead_periods
),

final as ({{ merge_intervals('dead_days', ['person_key']) }})

select * from final
