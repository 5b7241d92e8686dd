-- Grain: duration interval (varighedsinterval), and its totals. Rules: T-05.
with intervals as (
    select
        duration_interval,
        duration_total,
        min(sort_order) as sort_order,
        max(lower_bound) filter (where clock_unit = 'days') as from_days,
        max(lower_bound) filter (where insurance_form = 'FULDTID') as from_hours_full_time,
        max(lower_bound) filter (where insurance_form = 'DELTID') as from_hours_part_time
    from {{ ref('duration_intervals') }}
    group by duration_interval, duration_total
),

totals as (
    select
        duration_total as duration_interval,
        null as duration_total,
        max(sort_order) as sort_order,
        min(from_days) as from_days,
        min(from_hours_full_time) as from_hours_full_time,
        min(from_hours_part_time) as from_hours_part_time
    from intervals
    group by duration_total
),

final as (
    select *, false as is_total from intervals
    union all
    select *, true as is_total from totals
    union all
    select
        'all' as duration_interval,
        null as duration_total,
        max(sort_order) + 1 as sort_order,
        min(from_days) as from_days,
        min(from_hours_full_time) as from_hours_full_time,
        min(from_hours_part_time) as from_hours_part_time,
        true as is_total
    from intervals
)

select * from final
