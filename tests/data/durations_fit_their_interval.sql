-- Rules: T-05, I-10.
-- A duration lies in the bounds of its interval; for a-dagpenge in those of one of the two insurance forms.
with bounds as (
    select
        clock_unit,
        duration_interval,
        duration_total,
        lower_bound,
        lead(lower_bound) over (partition by clock_unit, insurance_form order by sort_order) as next_bound
    from {{ ref('duration_intervals') }}
),

person_months as (
    select
        case benefit_group when 'a_dagpenge' then 'hours' else 'days' end as clock_unit,
        duration,
        duration_interval,
        is_12_plus,
        count(*) as person_months
    from {{ ref('fct_person_months') }}
    group by benefit_group, duration, duration_interval, is_12_plus
),

final as (
    select person_months.*
    from person_months
    anti join bounds
        on
            person_months.clock_unit = bounds.clock_unit
            and person_months.duration_interval = bounds.duration_interval
            and person_months.is_12_plus = (bounds.duration_total = '12_plus')
            and person_months.duration >= bounds.lower_bound
            and (person_months.duration < bounds.next_bound or bounds.next_bound is null)
)

select * from final
