-- Rules: D-03, H-01, H-02.
-- The hours of the income rows add up to the ordinary hours, and the answer is that of the person-month.
with explained as (
    select
        person_id,
        measure_month,
        benefit_group,
        coalesce(sum(amount) filter (where sentence = 'income_row'), 0) as ordinary_hours,
        bool_or(sentence = 'hours_reach_limit') as has_ordinary_hours,
        bool_or(sentence in ('hours_not_in_group', 'hours_before_seven_months')) as is_excluded
    from {{ ref('explain_hours') }}
    group by person_id, measure_month, benefit_group
),

final as (
    select
        person_months.person_id,
        person_months.measure_month,
        person_months.benefit_group,
        person_months.ordinary_hours,
        explained.ordinary_hours as explained_hours
    from {{ ref('fct_person_months') }} as person_months
    left join explained
        on {{ same_month('person_months', 'explained') }}
    where
        coalesce(person_months.ordinary_hours, 0) is distinct from explained.ordinary_hours
        or person_months.has_ordinary_hours is distinct from explained.has_ordinary_hours
        or (person_months.ordinary_hours is null) is distinct from explained.is_excluded
)

select * from final
