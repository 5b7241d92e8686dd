-- Grain: person x measured month x group to which ordinary hours apply. Rules: H-01, H-02.
-- Hundredths in the window, and whether they reach the limit of the month.
with windows as (
    select
        months.spell_key,
        months.measure_month,
        {{ hundredths_through('at_end', 'months.measurement_date', 'calendar_days_through') }}
        - {{ hundredths_through('at_start', 'months.window_start_date - 1', 'calendar_days_through') }} as hundredths
    from {{ ref('int_measured_months') }} as months
    inner join {{ ref('benefits') }} as benefits
        on months.benefit_group = benefits.benefit and benefits.counts_ordinary_hours
    left join {{ ref('int_ordinary_hours') }} as at_end
        on
            months.person_key = at_end.person_key
            and months.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_ordinary_hours') }} as at_start
        on
            months.person_key = at_start.person_key
            and months.window_start_date - 1 between at_start.start_date and at_start.until_date
    where months.is_7_months_plus
),

final as (
    select
        windows.spell_key,
        windows.measure_month,
        windows.hundredths,
        windows.hundredths >= months.ordinary_hours_limit * 100 as is_limit_reached
    from windows
    inner join {{ ref('int_months') }} as months on windows.measure_month = months.measure_month
)

select * from final
