-- Grain: person x benefit x merged period of benefit days; all twelve benefits. Rules: B-01 to B-06.
-- A supplementary benefit (kontanthjælp) is deleted on days with a benefit that displaces it.
with sickness_absences as ({{ merge_intervals(ref('int_sickness_absences'), ['person_key']) }}),

all_days as (
    select person_key, benefit, start_date, end_date from {{ ref('int_municipal_days') }}
    union all
    select person_key, 'a_dagpenge' as benefit, start_date, end_date from {{ ref('int_dagpenge_days') }}
    union all
    select person_key, 'sygedagpenge' as benefit, start_date, end_date from sickness_absences
),

labelled_days as (
    select all_days.*, benefits.is_supplementary, benefits.displaces_supplementary
    from all_days
    inner join {{ ref('benefits') }} as benefits on all_days.benefit = benefits.benefit
),

supplementary_days as (
    select person_key, benefit, start_date, end_date
    from labelled_days
    where is_supplementary
),

displacing_days as (
    select person_key, start_date, end_date
    from labelled_days
    where displaces_supplementary
),

displacing_periods as ({{ merge_intervals('displacing_days', ['person_key']) }}),

split_supplementary_days as ({{ split_by_cover('supplementary_days', ['person_key', 'benefit'], 'displacing_periods') }}),

final as (
    select person_key, benefit, start_date, end_date
    from labelled_days
    where not is_supplementary
    union all
    select person_key, benefit, start_date, end_date
    from split_supplementary_days
    where not is_covered
)

select * from final
