-- Rules: T-05, I-10. Source: 001, Skema 1.
-- Each of the three clocks has the sixteen intervals with the bounds of Skema 1: days, or months of 160.33 or 130 hours.
with skema_1 as (
    select skema.sort_order, skema.duration_interval, skema.days, skema.months
    from (
        values
        (1, 'm00', 0, 0),
        (2, 'm01', 31, 1),
        (3, 'm02', 62, 2),
        (4, 'm03', 92, 3),
        (5, 'm04', 122, 4),
        (6, 'm05', 153, 5),
        (7, 'm06', 183, 6),
        (8, 'm07', 213, 7),
        (9, 'm08', 244, 8),
        (10, 'm09', 274, 9),
        (11, 'm10', 304, 10),
        (12, 'm11', 335, 11),
        (13, 'y01_02', 365, 12),
        (14, 'y03_05', 1095, 36),
        (15, 'y06_09', 2190, 72),
        (16, 'y10_plus', 3650, 120)
    ) as skema (sort_order, duration_interval, days, months)
),

expected as (
    select 'days' as clock_unit, 'ALL' as insurance_form, sort_order, duration_interval, days as lower_bound, months
    from skema_1
    union all
    select
        'hours' as clock_unit, 'FULDTID' as insurance_form, sort_order, duration_interval, months * 160.33 as lower_bound, months
    from skema_1
    union all
    select
        'hours' as clock_unit, 'DELTID' as insurance_form, sort_order, duration_interval, months * 130 as lower_bound, months
    from skema_1
),

final as (
    select
        coalesce(expected.clock_unit, intervals.clock_unit) as clock_unit,
        coalesce(expected.insurance_form, intervals.insurance_form) as insurance_form,
        coalesce(expected.duration_interval, intervals.duration_interval) as duration_interval,
        expected.lower_bound as bound_of_skema_1,
        intervals.lower_bound
    from expected
    full join {{ ref('duration_intervals') }} as intervals
        on
            expected.clock_unit = intervals.clock_unit
            and expected.insurance_form = intervals.insurance_form
            and expected.duration_interval = intervals.duration_interval
    where
        expected.lower_bound is distinct from intervals.lower_bound
        or expected.sort_order is distinct from intervals.sort_order
        or intervals.duration_total is distinct from case when expected.months < 12 then 'under_12' else '12_plus' end
)

select * from final
