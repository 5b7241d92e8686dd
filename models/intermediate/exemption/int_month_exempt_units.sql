-- Grain: person x measured month x group with exempt units in the window. Rules: E-02.
with windows as (
    select
        months.spell_key,
        months.measure_month,
        {{ exempt_units_through('at_end', 'months.units_through_end') }}
        - {{ exempt_units_through('at_start', 'months.units_before_window') }} as exempt_units
    from {{ ref('int_measured_months') }} as months
    inner join {{ ref('int_exempt_stretches') }} as at_end
        on
            months.person_key = at_end.person_key
            and months.benefit_group = at_end.benefit_group
            and months.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_exempt_stretches') }} as at_start
        on
            months.person_key = at_start.person_key
            and months.benefit_group = at_start.benefit_group
            and months.window_start_date - 1 between at_start.start_date and at_start.until_date
),

final as (
    select *
    from windows
    where exempt_units > 0
)

select * from final
