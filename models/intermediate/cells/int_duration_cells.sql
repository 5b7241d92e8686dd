-- Grain: duration interval x cell it is counted in: itself, the total it belongs to, all. Rules: T-05, M-10.
with intervals as (
    select distinct duration_interval, duration_total
    from {{ ref('duration_intervals') }}
),

final as (
    select duration_interval, duration_interval as duration_cell from intervals
    union all
    select duration_interval, duration_total as duration_cell from intervals
    union all
    select duration_interval, 'all' as duration_cell from intervals
)

select * from final
