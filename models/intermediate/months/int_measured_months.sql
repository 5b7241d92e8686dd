-- Grain: person x measured month x group. Rules: T-04, T-05, T-06, H-01.
-- The reading of the spell clock in each month: duration, its interval, and the measuring window.
with hour_groups as (
    select {{ code('benefit', 'benefit') }} as benefit_group
    from {{ ref('benefits') }}
    where counts_ordinary_hours
),

clock_months as (
    select * from {{ ref('int_day_clock_months') }}
    union all
    select * from {{ ref('int_hour_clock_months') }}
),

final as (
    select
        clock_months.*,
        bounds.duration_interval,
        bounds.duration_total = '12_plus' as is_12_plus,
        clock_months.duration_units >= thresholds.seven_months_units as is_7_months_plus,
        is_7_months_plus and hour_groups.benefit_group is not null as counts_ordinary_hours
    from clock_months
    inner join {{ ref('int_duration_bounds') }} as bounds
        on
            clock_months.clock_unit = bounds.clock_unit
            and clock_months.insurance_form = bounds.insurance_form
            and clock_months.duration_units >= bounds.lower_units
            and clock_months.duration_units < bounds.upper_units
    inner join {{ ref('int_duration_thresholds') }} as thresholds
        on
            clock_months.clock_unit = thresholds.clock_unit
            and clock_months.insurance_form = thresholds.insurance_form
    left join hour_groups on clock_months.benefit_group = hour_groups.benefit_group
)

select * from final
