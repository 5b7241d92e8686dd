-- Grain: clock unit x insurance form. Rules: T-05, T-06, C-06, E-03, H-01.
-- The units at which six, seven and twelve months begin.
with thresholds as (
    select bounds.clock_unit, bounds.insurance_form, thresholds.threshold, bounds.lower_units
    from {{ ref('duration_thresholds') }} as thresholds
    inner join {{ ref('int_duration_bounds') }} as bounds
        on thresholds.duration_interval = bounds.duration_interval
),

final as (
    select
        clock_unit,
        insurance_form,
        max(lower_units) filter (where threshold = 'six_months') as six_months_units,
        max(lower_units) filter (where threshold = 'seven_months') as seven_months_units,
        max(lower_units) filter (where threshold = 'twelve_months') as twelve_months_units
    from thresholds
    group by clock_unit, insurance_form
)

select * from final
