-- Rules: B-01 to B-06.
-- The days of the register rows said to be used, less those moved or deleted, with those moved in, are the benefit days.
with row_days as (
    select distinct person_id, benefit, {{ unnest_days('start_date', 'end_date') }} as benefit_date
    from {{ ref('int_register_rows') }}
    where sentence in ('payment', 'sickness_row', 'hours_paid', 'wage_subsidy')
),

changes as (
    select distinct
        person_id,
        benefit,
        other_benefit,
        change,
        {{ unnest_days('start_date', 'end_date') }} as benefit_date
    from {{ ref('int_benefit_day_changes') }}
),

explained_days as (
    select row_days.person_id, row_days.benefit, row_days.benefit_date
    from row_days
    anti join changes
        on
            row_days.person_id = changes.person_id
            and row_days.benefit = changes.benefit
            and row_days.benefit_date = changes.benefit_date
    union
    select person_id, other_benefit as benefit, benefit_date
    from changes
    where change = 'days_moved'
),

benefit_days as (
    select distinct persons.person_id, days.benefit, {{ unnest_days('days.start_date', 'days.end_date') }} as benefit_date
    from {{ ref('int_benefit_intervals') }} as days
    inner join {{ ref('int_persons') }} as persons on days.person_key = persons.person_key
),

final as (
    select
        coalesce(explained_days.person_id, benefit_days.person_id) as person_id,
        coalesce(explained_days.benefit, benefit_days.benefit) as benefit,
        coalesce(explained_days.benefit_date, benefit_days.benefit_date) as benefit_date
    from explained_days
    full join benefit_days
        on
            explained_days.person_id = benefit_days.person_id
            and explained_days.benefit = benefit_days.benefit
            and explained_days.benefit_date = benefit_days.benefit_date
    where explained_days.person_id is null or benefit_days.person_id is null
)

select * from final
